import { useApp } from '../state/app.ts';
import { canvas } from './handle.ts';
import { viewNow } from './view.ts';

/** A second or so: a large drawing takes a while until it stands. */
const TRIES = 60;

/** From any view: shows the drawing and, as soon as it stands, one of its nodes. */
export function showNode(id: string, tries = TRIES): void {
  useApp.setState({ view: 'design' });
  if (viewNow()) canvas.reveal(id);
  else if (tries > 0) requestAnimationFrame(() => showNode(id, tries - 1));
}
