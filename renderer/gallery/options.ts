import type { StemmaDocument } from '../../src/document/model.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions, type TemplateOptions } from '../../src/templates/template.ts';

/** Options of the gallery: small pictures for networks that are made for them. */
export const optionsFor = (id: string): TemplateOptions =>
  id.endsWith('-cifar') ? { ...defaultOptions, input: [32, 32, 3] } : defaultOptions;

/** A template of which the parts were changed is not what it is called any more, and says so. */
export function buildTemplate(id: string, options: TemplateOptions): StemmaDocument {
  const built = findTemplate(id).build(options);
  const { stages, groups } = options.set;
  const changed = stages !== undefined || groups !== undefined;
  return changed ? { ...built, title: `${built.title}, changed` } : built;
}
