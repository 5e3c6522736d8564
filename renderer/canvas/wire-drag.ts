/** The wire that is being dragged, and what each port would make of it. */
import { create } from 'zustand';
import type { PortRef } from '../../src/document/model.ts';
import { startWire, type Verdict, type WireTrial } from '../../src/lower/index.ts';
import { useEditor } from '../state/editor.ts';

export interface WireDrag {
  readonly trial: WireTrial;
  readonly from: PortRef;
  readonly direction: 'forward' | 'backward';
  /** The wire, by where it ends, of which an end is moved. */
  readonly moved: string | null;
}

export const useWireDrag = create<{ readonly drag: WireDrag | null }>(() => ({ drag: null }));

export function beginWire(from: PortRef, direction: WireDrag['direction'], moved: string | null): void {
  const trial = startWire(useEditor.getState().shown, from, direction);
  useWireDrag.setState({ drag: { trial, from, direction, moved } });
}

export const endWire = () => useWireDrag.setState({ drag: null });

/** Whether the dragged wire could end at ports of this side. */
export const takesWire = (drag: WireDrag, side: 'inputs' | 'outputs') =>
  side === (drag.direction === 'forward' ? 'inputs' : 'outputs');

/** Looked up only for ports that are drawn; undefined where the wire cannot end there anyway. */
export function verdictFor(
  drag: WireDrag | null,
  side: 'inputs' | 'outputs',
  port: PortRef,
): Verdict | undefined {
  return drag && takesWire(drag, side) ? drag.trial.verdict(port) : undefined;
}
