/** Copy, cut and paste through the system's clipboard; where the browser refuses it, within this page. */
import { copyText, cut, paste } from '../../src/document/clipboard.ts';
import { attempt, select, shownNow } from '../state/editor.ts';
import { chosenNodes, chosenNotes } from './selection-edits.ts';
import { toGrid } from './snap.ts';
import type { Point } from './ui.ts';
import { pointerInDrawing } from './view.ts';

/** What was copied last in this page. */
let held = '';

const chosen = () => [...chosenNodes(), ...chosenNotes()];

function keep(text: string): void {
  held = text;
  // Refused without a permission or a secure origin: then what is held here is pasted.
  navigator.clipboard?.writeText(text).catch(() => {});
}

export function copySelection(): void {
  keep(copyText(shownNow(), chosen()));
}

export function cutSelection(): void {
  attempt((d) => {
    const { text, edit } = cut(d, chosen());
    keep(text);
    return edit;
  });
}

async function clipboardText(): Promise<string> {
  // Refused, or there is no such clipboard: what was copied in this page.
  const text = await navigator.clipboard?.readText().catch(() => held);
  return text?.includes('"stemma-clip"') ? text : held || (text ?? '');
}

let last: { at: Point; times: number } | undefined;

/** At the pointer; a little aside each time it is pasted at the same place again. */
function placeToPaste(): Point | undefined {
  const at = pointerInDrawing();
  if (!at) return undefined;
  const again = last && last.at.x === at.x && last.at.y === at.y;
  last = { at, times: again && last ? last.times + 1 : 0 };
  return { x: toGrid(at.x) + last.times * 24, y: toGrid(at.y) + last.times * 24 };
}

export async function pasteHere(): Promise<void> {
  const text = await clipboardText();
  const before = shownNow();
  const at = placeToPaste();
  if (!attempt((d) => paste(d, text, at))) return;
  const old = new Set([...before.nodes, ...before.notes].map((n) => n.id));
  const added = <T extends { readonly id: string }>(items: readonly T[]) =>
    new Set(items.map((n) => n.id).filter((id) => !old.has(id)));
  const { nodes, notes } = shownNow();
  select({ nodes: added(nodes), notes: added(notes) });
}
