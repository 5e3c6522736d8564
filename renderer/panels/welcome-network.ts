import { applyEdit, setRecipe } from '../../src/document/edits.ts';
import { presets } from '../../src/recipe/recipe.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';

/** ResNet-18 for MNIST in the quick look's size, so that Train needs no change. */
export function firstNetwork() {
  const size = presets.quick.size ?? 32;
  const drawing = findTemplate('resnet18').build({ ...defaultOptions, input: [size, size, 1], classes: 10 });
  return applyEdit(drawing, setRecipe(drawing, { ...presets.quick, data: 'mnist' })).document;
}
