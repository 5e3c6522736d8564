import type { StemmaDocument } from '../../src/document/model.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions, type TemplateOptions } from '../../src/templates/template.ts';

/** Options of the gallery: small pictures for networks that are made for them. */
export const optionsFor = (id: string): TemplateOptions =>
  id.endsWith('-cifar') ? { ...defaultOptions, input: [32, 32, 3] } : defaultOptions;

export const buildTemplate = (id: string, options: TemplateOptions): StemmaDocument =>
  findTemplate(id).build(options);
