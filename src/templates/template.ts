import type { Flavour } from '../blocks/flavours.ts';
import type { StemmaDocument } from '../document/model.ts';
import type { ParamSchema, ParamValue } from '../schema/params.ts';

export interface TemplateOptions {
  /** [h, w, c] */
  readonly input: readonly number[];
  readonly classes: number;
  readonly flavour: Flavour;
  /** Template parameters, as `--set` gives them. */
  readonly set: Readonly<Record<string, ParamValue>>;
}

export interface Template {
  /** As the command line names it. */
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly source: string;
  readonly params: ParamSchema;
  build(options: TemplateOptions): StemmaDocument;
}

/** The seed's own setting: Fashion-MNIST resized to 96 × 96, ten classes, d2l's choices. */
export const defaultOptions: TemplateOptions = { input: [96, 96, 1], classes: 10, flavour: 'd2l', set: {} };
