/** A person's own pictures, looked at in a process of its own: a file that ends a decoder ends nothing else. */
import { addPictures } from '../data/own/add.node.ts';
import type { Registration } from '../data/own/registration.node.ts';
import type { AddProgress } from '../data/own/report.ts';
import type { OwnData } from './contract.ts';
import type { AddDataJob } from './jobs.ts';
import { Throttle } from './throttle.ts';

/** So many of what was left out are told by name to a page; the registration keeps more. */
const MAX_TOLD = 200;

export function ownDataOf(found: Registration): OwnData {
  const { id, title, place, fit, divided, classes, classCounts, shape, counts, leftOut, notes, addedAt } =
    found;
  return {
    ...{ id, title, place, fit, divided, shape, counts, notes, addedAt },
    classes: classes.map((name, i) => ({ name, count: classCounts[i] ?? 0 })),
    leftOut: { count: leftOut.count, named: leftOut.named.slice(0, MAX_TOLD) },
  };
}

/** @throws AppError as `addPictures` */
export async function runAddData(
  { place, title, fit, columns }: AddDataJob,
  signal: AbortSignal,
  emit: (progress: AddProgress) => void,
): Promise<OwnData> {
  let last: AddProgress | undefined;
  const throttle = new Throttle(() => {
    if (last) emit(last);
  });
  try {
    const found = await addPictures(place, {
      ...{ fit, signal },
      ...(title !== null && { title }),
      ...(columns !== null && { columns }),
      onProgress(progress) {
        last = progress;
        throttle.request();
      },
    });
    return ownDataOf(found);
  } finally {
    throttle.end();
  }
}
