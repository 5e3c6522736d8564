import { useDeferredValue, useMemo } from 'react';
import { writeDocument } from '../../src/document/file.ts';
import type { ActiveRun } from '../../src/services/contract.ts';
import { useEditor } from '../state/editor.ts';

/** What a training depends on: nodes without their places, wires, blocks. */
function essence(text: string): string {
  const { nodes, wires, blocks } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ nodes, wires, blocks }, (key, value: unknown) =>
    key === 'x' || key === 'y' ? undefined : value,
  );
}

/** Whether the drawing is no longer what a run trains; a moment later than an edit, which it must not hold up. */
export function useMovedOn({ document: trained }: ActiveRun): boolean {
  const document = useDeferredValue(useEditor((s) => s.history.document));
  const before = useMemo(() => essence(trained), [trained]);
  return useMemo(() => essence(writeDocument(document)) !== before, [document, before]);
}
