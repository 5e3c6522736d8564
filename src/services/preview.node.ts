/** Training pictures as the network will see them: in the recipe's order, resized, changed, not normalised. */
import { permutation } from '../base/random.ts';
import type { Dataset, PictureSet } from '../data/dataset.ts';
import { decodeFiles } from '../data/decode.node.ts';
import { mixOf } from '../data/mixup.ts';
import { countAt, type Plan } from '../data/pipeline.ts';
import { createFiller, type Filler } from '../data/window.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { CallArgument, LabelledPictures } from './contract.ts';
import { changesOf, pixelsOf } from './pictures.ts';

/** What one answer holds at most; a page asks again for the rest. */
const MAX_BYTES = 16 * 2 ** 20;

type Wanted = Omit<CallArgument<'data.preview'>, 'recipe'>;
type Given = Pick<Recipe, 'seed' | 'batch' | 'flip' | 'crop' | 'cutout' | 'mixup'>;

/** `draws` pictures of each, one below another as the first epochs show it; the first epoch's order. */
export async function previewOf(
  { classes }: Pick<Dataset, 'classes'>,
  pictures: PictureSet,
  recipe: Given,
  { shape, from, count: wanted, draws = 1 }: Wanted,
): Promise<LabelledPictures> {
  const [height, width, channels] = shape;
  const { seed } = recipe;
  const { augment } = changesOf(recipe);
  // A picture and its change hang on nothing else of its batch, so each is asked for by its number.
  const one = { set: pictures, batchSize: 1, shape, mean: 0, std: 1, seed, shuffle: false };
  const filler = createFiller({ ...one, ...(augment && { augment }) }, decodeFiles);
  const total = filler.count;
  const size = height * width * channels;
  const room = Math.max(1, Math.floor(MAX_BYTES / size));
  const count = Math.max(0, Math.min(wanted, (total - from) * draws, room));
  const bytes = new Uint8Array(count * size);
  const labels: number[] = [];
  const mixed = { labels: [] as number[], shares: [] as number[] };
  const ordered = ordersOf(total, seed);
  for (let i = 0; i < count; i++) {
    const epoch = i % draws;
    const picture = ordered(0).order[from + Math.floor(i / draws)] as number;
    const own = await filler.batchAt(epoch, picture);
    let values = own.images;
    if (recipe.mixup > 0) {
      const partner = partnerOf(recipe, filler, epoch, picture, ordered(epoch));
      const other = await filler.batchAt(epoch, partner.picture);
      const { share } = partner;
      values = values.map((value, k) => share * value + (1 - share) * (other.images[k] as number));
      mixed.labels.push(other.labels[0] as number);
      mixed.shares.push(share);
    }
    bytes.set(
      values.map((v) => Math.round(v * 255)),
      i * size,
    );
    labels.push(own.labels[0] as number);
    // Resizing is work: others are let in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    ...{ pixels: pixelsOf(bytes), count, height, width, channels, labels, classes, total },
    ...(recipe.mixup > 0 && { mixed }),
  };
}

/** An epoch's order, and where in it each picture stands. */
interface Ordered {
  readonly order: Uint32Array;
  readonly placeOf: Uint32Array;
}

/** Made once for each epoch. */
function ordersOf(count: number, seed: number): (epoch: number) => Ordered {
  const known = new Map<number, Ordered>();
  return (epoch) => {
    let found = known.get(epoch);
    if (!found) {
      const order = permutation(count, seed, epoch, 'shuffle');
      const placeOf = new Uint32Array(count);
      order.forEach((picture, place) => {
        placeOf[picture] = place;
      });
      found = { order, placeOf };
      known.set(epoch, found);
    }
    return found;
  };
}

/** Which picture one is mixed with in the batch that it is in, and its own share. */
function partnerOf(
  { mixup, seed, batch }: Given,
  { count }: Pick<Filler, 'count'>,
  epoch: number,
  picture: number,
  { order, placeOf }: Ordered,
): { picture: number; share: number } {
  const plan: Plan = { count, stepsPerEpoch: Math.ceil(count / batch) };
  const place = placeOf[picture] as number;
  const index = Math.floor(place / batch);
  const number = epoch * plan.stepsPerEpoch + index;
  const { share, partners } = mixOf(mixup, seed, number, countAt(plan, batch, index));
  return { picture: order[index * batch + (partners[place % batch] as number)] as number, share };
}
