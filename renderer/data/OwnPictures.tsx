import { useEffect, useState } from 'react';
import { describeError } from '../../src/base/errors.ts';
import type { LabelledPictures, OwnData } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { Picture, usePixels } from '../training/Pictures.tsx';

const COUNT = 12;
/** Of the longer side: enough to see what they show. */
const MAX_SIDE = 96;

/** A few training pictures, as they are cut. */
export function OwnPictures({ found: { id, shape, addedAt } }: { readonly found: OwnData }) {
  const [pictures, setPictures] = useState<LabelledPictures | null>(null);
  const [error, setError] = useState('');
  const [height, width, channels] = shape;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time tells whether the set is another.
  useEffect(() => {
    const smaller = Math.min(1, MAX_SIDE / Math.max(height, width));
    const size = (side: number) => Math.max(1, Math.round(side * smaller));
    const of = {
      recipe: { data: id },
      shape: [size(height), size(width), channels] as [number, number, number],
    };
    call('data.preview', { ...of, from: 0, count: COUNT }).then(setPictures, (thrown: unknown) =>
      setError(describeError(thrown)),
    );
  }, [id, height, width, channels, addedAt]);
  if (error)
    return (
      <p className="callout bad text-selectable" role="alert">
        {error}
      </p>
    );
  return (
    <section className="data-pictures" aria-label="A few of the pictures" aria-busy={!pictures}>
      {pictures && <Shown pictures={pictures} />}
    </section>
  );
}

function Shown({ pictures }: { readonly pictures: LabelledPictures }) {
  const bytes = usePixels(pictures.pixels);
  return pictures.labels.map((label, index) => {
    const name = pictures.classes[label] ?? `${label}`;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place.
      <figure key={index}>
        <Picture bytes={bytes} of={pictures} index={index} label={name} />
        <figcaption title={name}>{name}</figcaption>
      </figure>
    );
  });
}
