/** What the gallery shows of a template: built once for the same options. */

import { diagnose, errorsOf, lower, summaryOf } from '../../src/lower/index.ts';
import type { TemplateOptions } from '../../src/templates/template.ts';
import { type Scene, sceneOf } from '../canvas/scene.ts';
import { buildTemplate } from './options.ts';

export interface TemplateFacts {
  readonly scene: Scene;
  readonly params: number;
  readonly macs: number;
  /** The first error of the drawing, where these options make one. */
  readonly problem: string | undefined;
}

const known = new Map<string, TemplateFacts>();
/** Typing in a field makes many; the oldest give way. */
const MAX_KEPT = 60;

export const factsKey = (id: string, options: TemplateOptions) => JSON.stringify([id, options]);

/** @throws AppError where the options do not fit the template */
export function factsOf(id: string, options: TemplateOptions): TemplateFacts {
  const key = factsKey(id, options);
  const before = known.get(key);
  if (before) return before;
  const document = buildTemplate(id, options);
  const lowered = lower(document);
  const { params, macs } = summaryOf(document);
  const told = diagnose(lowered);
  const problem = errorsOf(told)[0]?.message;
  const facts = { scene: sceneOf(lowered, told), params, macs, problem };
  const [oldest] = known.keys();
  if (known.size >= MAX_KEPT && oldest !== undefined) known.delete(oldest);
  known.set(key, facts);
  return facts;
}
