import { useEffect, useState } from 'react';
import { describeError } from '../../src/base/errors.ts';
import type { LayerFilters, LayerMaps, LayerPictures } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { Picture, usePixels } from '../training/Pictures.tsx';
import { Button } from '../ui/Button.tsx';
import { exact } from '../ui/format.ts';

interface LayerPanelsProps {
  readonly run: string;
  readonly path: string;
  /** Whether the layer is a convolution. */
  readonly filters: boolean;
  /** Step of the newest look: pictures are asked for again when it changes. */
  readonly step: number;
}

type Answer<T> = { readonly value: T } | { readonly error: string } | null;

/** Asks when it is shown, and again when `key`, which names the question, changes. */
function useAnswer<T>(key: string, ask: () => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the question depends on.
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => wanted && setAnswer({ value }),
      (error: unknown) => wanted && setAnswer({ error: describeError(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return answer;
}

/** Steps between two questions while the run goes on: weights are stored now and then only. */
const AGAIN = 50;

/** What a layer makes of a sample picture, and the filters of a convolution. */
export function LayerPanels({ run, path, filters, step }: LayerPanelsProps) {
  const [picture, setPicture] = useState(0);
  const now = Math.floor(step / AGAIN);
  const maps = useAnswer<LayerMaps>(`${run} ${path} ${picture} ${now}`, () =>
    call('inspect.maps', { run, path, picture }),
  );
  return (
    <div className="layer-panels">
      <div className="layer-head">
        <span>Maps of {path}</span>
        <Button small kind="quiet" disabled={picture === 0} onClick={() => setPicture(picture - 1)}>
          Picture before
        </Button>
        <Button
          small
          kind="quiet"
          disabled={maps !== null && 'error' in maps}
          onClick={() => setPicture(picture + 1)}
        >
          Next picture
        </Button>
      </div>
      {maps && 'error' in maps && <p className="muted">{maps.error}</p>}
      {maps && 'value' in maps && (
        <div className="layer-both">
          <Sample of={maps.value} index={picture} />
          <Panels of={maps.value} what="Map" />
        </div>
      )}
      {filters && <Filters {...{ run, path, now }} />}
    </div>
  );
}

function Filters({ run, path, now }: { readonly run: string; readonly path: string; readonly now: number }) {
  const answer = useAnswer<LayerFilters>(`${run} ${path} ${now}`, () =>
    call('inspect.filters', { run, path }),
  );
  if (!answer || 'error' in answer) return null;
  return (
    <>
      <div className="layer-head">
        <span>Filters of {path}</span>
        {answer.value.lengths && <span className="muted">each pixel: the length of all its channels</span>}
      </div>
      <Panels of={answer.value} what="Filter" />
    </>
  );
}

function Sample({ of: { picture }, index }: { readonly of: LayerMaps; readonly index: number }) {
  const bytes = usePixels(picture.pixels);
  return (
    <div className="layer-sample">
      <Picture bytes={bytes} of={picture} index={0} label={`Sample picture ${index + 1}`} />
    </div>
  );
}

function Panels({ of, what }: { readonly of: LayerPictures; readonly what: string }) {
  const bytes = usePixels(of.pixels);
  return (
    <div>
      <div className="layer-grid">
        {Array.from({ length: of.count }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a map is its channel.
          <Picture key={i} bytes={bytes} of={of} index={i} label={`${what} ${i + 1}`} />
        ))}
      </div>
      <p className="muted">
        {of.count < of.total ? `The first ${of.count} of ${exact(of.total)}` : `${of.count} in all`}
        {of.step !== null && `, by the weights of step ${exact(of.step)}`}. Each from its smallest value
        (dark) to its largest.
      </p>
    </div>
  );
}
