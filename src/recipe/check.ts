/** What is wrong, or unwise, with a recipe for a network, before anything is started. */
import type { Network } from '../network/network.ts';
import { elementsOf } from '../network/shape.ts';
import type { Recipe } from './recipe.ts';

export interface RecipeFix {
  readonly title: string;
  readonly values: Partial<Recipe>;
}

export interface RecipeProblem {
  readonly code: 'classes' | 'input' | 'batch' | 'crop' | 'cutout' | 'heldOut';
  readonly message: string;
  readonly fixes: readonly RecipeFix[];
}

/** What a recipe must know of its data. */
export interface DataFacts {
  readonly classes: number;
  /** Pictures that the set holds out itself. */
  readonly validationCount: number;
}

/** What will not work. */
export function checkRecipe(
  recipe: Recipe,
  network: Network,
  { classes, validationCount }: DataFacts,
): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  const tell = (code: RecipeProblem['code'], message: string, ...fixes: RecipeFix[]) =>
    problems.push({ code, message, fixes });
  const output = network.layers[network.output]?.shape ?? [];
  if (output.length !== 1 || output[0] !== classes)
    tell(
      'classes',
      `The network answers [${output.join(', ')}], the data has ${classes} classes: end it with a head of ${classes}.`,
    );
  const input = network.layers[network.input]?.shape ?? [];
  if (input.length !== 3)
    tell('input', `The input is [${input.join(', ')}]; pictures are [height, width, channels].`);
  if (
    recipe.batch === 1 &&
    network.layers.some((l) => l.op === 'batchNorm' && elementsOf(l.shape) === l.shape.at(-1))
  )
    tell('batch', 'Batch norm on single numbers needs more than one picture a batch: raise the batch.', {
      title: 'Use batch 32',
      values: { batch: 32 },
    });
  if (input.length === 3) problems.push(...pictureProblems(recipe, input));
  const wants = [recipe.earlyStop > 0 && 'Stopping early', recipe.keepBest > 0 && 'Keeping the best'];
  const [wish] = wants.filter((name) => name !== false);
  if (wish !== undefined && recipe.validation === 0 && validationCount === 0)
    tell(
      'heldOut',
      `${wish} goes by the loss on pictures that are held out, and the recipe holds out none.`,
      { title: 'Hold out a tenth', values: { validation: 0.1 } },
      { title: 'Do without', values: { earlyStop: 0, keepBest: 0 } },
    );
  return problems;
}

function pictureProblems(recipe: Recipe, [h = 1, w = 1]: readonly number[]): RecipeProblem[] {
  const most = Math.min(h, w) - 1;
  const names = { crop: 'Moved by up to', cutout: 'A cut-out of' } as const;
  return (['crop', 'cutout'] as const).flatMap((code) => {
    if (recipe[code] <= most) return [];
    const message = `${names[code]} ${recipe[code]} pixels, nothing may be left of pictures of ${h} × ${w}: expected at most ${most}.`;
    const less = Math.floor(most / (code === 'crop' ? 8 : 2));
    return [{ code, message, fixes: [{ title: `Use ${less}`, values: { [code]: less } }] }];
  });
}

/** Digits and letters are named by themselves. */
const areSigns = (classes: readonly string[]) =>
  classes.length > 0 && classes.every((name) => /^[\p{L}\p{N}]$/u.test(name));

/** What works and is probably not meant. */
export function adviceOn(
  { flip }: Pick<Recipe, 'flip'>,
  classes: readonly string[],
): { message: string; fixes: readonly RecipeFix[] }[] {
  if (!flip || !areSigns(classes)) return [];
  return [
    {
      message: 'Flip mirrors the pictures, and a mirrored digit or letter is another sign, or none.',
      fixes: [{ title: 'Turn flip off', values: { flip: false } }],
    },
  ];
}
