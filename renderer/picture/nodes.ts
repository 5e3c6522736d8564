/** Nodes and notes of a picture, each as a piece of SVG. */
import type { CustomBlock, Note } from '../../src/document/model.ts';
import { categoryOf, titleOf } from '../canvas/catalogue.ts';
import { copiesOf, skipOf } from '../canvas/figures.ts';
import type { SceneNode } from '../canvas/scene.ts';
import type { Box } from '../canvas/snap.ts';
import { shape, short } from '../ui/format.ts';
import type { Colours } from './colours.ts';
import { escapeXml, fitted, wrapped } from './text.ts';

export interface NodeStyle {
  readonly colours: Colours;
  readonly own: readonly CustomBlock[];
  /** Names and types. */
  readonly text: boolean;
  /** Shapes, parameters and MACs. */
  readonly figures: boolean;
}

interface Words {
  readonly fill: string;
  readonly size?: number;
  readonly weight?: number;
  readonly end?: boolean;
}

export function words(x: number, y: number, text: string, { fill, size = 11, weight, end }: Words): string {
  const more = `${weight ? ` font-weight="${weight}"` : ''}${end ? ' text-anchor="end"' : ''}`;
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more}>${escapeXml(text)}</text>`;
}

/** The skip of a block, as an arc beside it. */
function skipArc({ y, height, x, width }: Box, colour: string, fine: boolean): string {
  const [right, top, bottom] = [x + width, y + height * 0.14, y + height * 0.86];
  // Within a frame's padding where it can be read, bolder where it is tiny.
  const out = right + (fine ? 20 : 44);
  return `<path d="M${right} ${top}C${out} ${top} ${out} ${bottom} ${right} ${bottom}" fill="none" stroke="${colour}" stroke-width="${fine ? 2 : 14}"/>`;
}

export function nodePicture(scene: SceneNode, box: Box, { colours, own, text, figures }: NodeStyle): string {
  const { node, item, opened } = scene;
  const { x, y, width, height } = box;
  const colour = colours.category[categoryOf(node.type)];
  const ground = opened
    ? `fill="${colour}" fill-opacity="0.07" stroke="${colour}" stroke-opacity="0.5"`
    : `fill="${colours.raised}" stroke="${colours.lineStrong}"`;
  if (!text && !opened) {
    const arc = skipOf(scene) ? skipArc(box, colour, false) : '';
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="14" fill="${colour}"/>${arc}`;
  }
  const parts = [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" ${ground}/>`,
    `<path d="M${x + 4} ${y}h-1a3 8 0 0 0 -3 8v${height - 16}a3 8 0 0 0 3 8h1z" fill="${colour}"/>`,
  ];
  if (skipOf(scene) && !opened) parts.push(skipArc(box, colour, true));
  if (!text) return parts.join('');
  const copies = copiesOf(scene, own);
  const right = x + width - 10;
  const name = fitted(node.name, width - (copies > 1 ? 60 : 28), 13);
  parts.push(words(x + 14, y + 21, name, { fill: colours.ink, size: 13, weight: 600 }));
  if (copies > 1)
    parts.push(words(right, y + 21, `×${copies}`, { fill: colours.ink2, weight: 600, end: true }));
  if (opened) return parts.join('');
  parts.push(words(x + 14, y + 37, fitted(titleOf(node.type, own), width - 28, 11), { fill: colours.ink3 }));
  if (!figures) return parts.join('');
  const { fragment } = item;
  const cost = [
    fragment.params > 0 && `${short(fragment.params)}${fragment.macs > 0 ? '' : ' params'}`,
    fragment.macs > 0 && `${short(fragment.macs)} MACs`,
  ].filter(Boolean);
  const out = shape(fragment.outputs[0]?.shape);
  parts.push(words(x + 14, y + height - 11, out, { fill: colours.ink, weight: 600 }));
  parts.push(words(right, y + height - 11, cost.join(' · '), { fill: colours.ink3, size: 10, end: true }));
  return parts.join('');
}

const LINE = 18;

export function notePicture({ kind, text, x, y, width, height }: Note, colours: Colours): string {
  if (kind === 'frame')
    return [
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="${colours.sunken}" fill-opacity="0.6" stroke="${colours.lineStrong}" stroke-width="1.5" stroke-dasharray="5 4"/>`,
      words(x + 14, y + 24, fitted(text.split('\n')[0] ?? '', width - 28, 13), {
        ...{ fill: colours.ink2, size: 13, weight: 600 },
      }),
    ].join('');
  const lines = wrapped(text, width - 24, 13, Math.floor((height - 12) / LINE));
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${colours.warnSoft}"/>`,
    ...lines.map((line, i) => words(x + 12, y + 23 + i * LINE, line, { fill: colours.ink, size: 13 })),
  ].join('');
}
