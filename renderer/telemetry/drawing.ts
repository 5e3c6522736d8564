/** The trained drawing as the nodes' figures need it: a picture, the places of its nodes, the layers below them. */
import type { StemmaDocument } from '../../src/document/model.ts';
import { diagnose, flatten, lower } from '../../src/lower/index.ts';
import { nodeOf } from '../../src/training/node-figures.ts';
import { sceneOf } from '../canvas/scene.ts';
import { placesOf } from '../canvas/wires.ts';
import type { Theme } from '../picture/colours.ts';
import { type PlacedPicture, pictureOf } from '../picture/svg.ts';

export interface DrawnNode {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawn {
  readonly picture: PlacedPicture;
  readonly nodes: readonly DrawnNode[];
  /** By layer path. */
  readonly macs: Readonly<Record<string, number>>;
  /** Paths of a node's layers, in order. */
  readonly layers: ReadonlyMap<string, readonly string[]>;
}

/** @throws AppError where the drawing is no whole network */
export function drawnOf(drawing: StemmaDocument, theme: Theme): Drawn {
  const lowered = lower(drawing);
  const scene = sceneOf(lowered, diagnose(lowered));
  const options = { theme, figures: false, title: drawing.title, own: drawing.blocks };
  const picture = pictureOf(scene, drawing.notes, options);
  const network = flatten(lowered);
  const names = new Set(drawing.nodes.map(({ name }) => name));
  const layers = new Map<string, string[]>();
  for (const { path } of network.layers) {
    const name = nodeOf(path, names);
    if (name !== undefined) layers.set(name, [...(layers.get(name) ?? []), path]);
  }
  return {
    picture,
    layers,
    macs: Object.fromEntries(network.layers.map(({ path, result }) => [path, result.macs])),
    nodes: [...placesOf(scene).values()].map(({ node, box: { x, y, width, height } }) => ({
      ...{ name: node.node.name, left: x - picture.x, top: y - picture.y, width, height },
    })),
  };
}
