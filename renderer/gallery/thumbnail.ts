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

/** In two columns, large enough to see what goes around a stage. */
function inTwo(document: StemmaDocument): StemmaDocument {
  const rows = Math.ceil(document.nodes.length / 2);
  const nodes = document.nodes.map(
    (node, i): DocNode => ({ ...node, x: Math.floor(i / rows) * (STEP_X + 60), y: (i % rows) * STEP }),
  );
  return { ...document, nodes };
}

const known = new Map<string, Picture>();

function pictureOnce(key: string, document: () => StemmaDocument, theme: PictureTheme): Picture {
  let picture = known.get(`${key} ${theme}`);
  if (!picture) {
    const lowered = lower(document());
    picture = pictureOf(sceneOf(lowered, []), {
      ...{ theme, title: lowered.document.title, text: false, ground: false },
    });
    known.set(`${key} ${theme}`, picture);
  }
  return picture;
}

export function thumbnailOf(id: string, theme: PictureTheme): Picture {
  const template = findTemplate(id);
  const { stages } = template.params;
  const counts = stages?.field === 'stages' ? (stages.default as readonly (readonly number[])[]) : [];
  const capped = counts.map(([count = 1, filters = 1]) => [Math.min(count, MOST_BLOCKS), filters]);
  const set = { detail: 'blocks', stages: capped };
  return pictureOnce(id, () => inColumns(template.build({ ...defaultOptions, set })), theme);
}

/** For the comparison: by stages, with their skips or without. */
export function stagesOf(id: string, plain: boolean, theme: PictureTheme): Picture {
  const set = plain ? { shortcut: 'none' } : {};
  const document = () => inTwo(findTemplate(id).build({ ...defaultOptions, set }));
  return pictureOnce(`${id} ${plain}`, document, theme);
}
