/** A template as a tiny picture: columns for each stage, so that depth is seen at a glance. */
import { STEP_X } from '../../src/document/layout.ts';
import type { DocNode, StemmaDocument } from '../../src/document/model.ts';
import { lower } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { sceneOf } from '../canvas/scene.ts';
import type { PictureTheme } from '../picture/colours.ts';
import { type Picture, pictureOf } from '../picture/svg.ts';

/** Blocks of a stage; nobody counts more at this size. */
const MOST_BLOCKS = 40;
/** Nodes stand closer than in a drawing: nothing is read between them. */
const STEP = 96;

/** Blocks one below the other; a deeper stage goes on beside. */
const MOST_ROWS = 8;

/** What comes before and after the stages has columns of its own. */
export function inColumns(document: StemmaDocument): StemmaDocument {
  let column = 0;
  let row = 0;
  let before: string | undefined;
  const nodes = document.nodes.map((node): DocNode => {
    const part = /^stage\d+/.exec(node.name)?.[0] ?? (node.type === 'head' ? 'head' : before);
    if (part !== before || row === MOST_ROWS) {
      column++;
      row = 0;
    }
    before = part;
    return { ...node, x: column * (STEP_X + 20), y: row++ * STEP };
  });
  return { ...document, nodes };
}

const known = new Map<string, Picture>();

export function thumbnailOf(id: string, plain: boolean, theme: PictureTheme): Picture {
  const key = `${id} ${plain} ${theme}`;
  const before = known.get(key);
  if (before) return before;
  const template = findTemplate(id);
  const { stages } = template.params;
  const counts = stages?.field === 'stages' ? (stages.default as readonly (readonly number[])[]) : [];
  const capped = counts.map(([count = 1, filters = 1]) => [Math.min(count, MOST_BLOCKS), filters]);
  const set = { detail: 'blocks', stages: capped, ...(plain && { shortcut: 'none' }) };
  const lowered = lower(inColumns(template.build({ ...defaultOptions, set })));
  const picture = pictureOf(sceneOf(lowered, []), {
    ...{ theme, title: template.title, text: false, ground: false },
  });
  known.set(key, picture);
  return picture;
}
