import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useApp } from '../state/app.ts';
import { changeSettings } from '../state/settings.ts';
import { Button } from '../ui/Button.tsx';
import { type Box, isSeen, placeBeside, tourSteps } from './tour-steps.ts';

/** The first-run tour: four notes beside what they speak of. The page stays free to be used. */
export function Tour() {
  const step = useApp((s) => s.tour);
  const view = useApp((s) => s.view);
  const overlay = useApp((s) => s.overlay);
  if (step === null || view !== 'design' || overlay !== null) return null;
  return <Note step={Math.min(step, tourSteps.length - 1)} />;
}

function end(): void {
  useApp.setState({ tour: null });
  if (!useApp.getState().settings.tourDone) changeSettings({ tourDone: true });
}

const go = (step: number) => (step >= tourSteps.length ? end() : useApp.setState({ tour: step }));

/** In these Escape gives up what was typed. */
const fields = 'input, textarea, select';

function Note({ step }: { readonly step: number }) {
  const { title, text, targets } = tourSteps[step] as (typeof tourSteps)[number];
  const ref = useRef<HTMLElement>(null);
  const target = useBoxOf(targets);
  const [size, setSize] = useState({ width: 320, height: 170 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step has its own height.
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    if (box) setSize({ width: box.width, height: box.height });
  }, [step]);
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const busy = document.querySelector('dialog[open], .menu') ?? (e.target as Element).closest(fields);
      if (e.key === 'Escape' && busy === null) end();
    };
    // Before the canvas, which takes Escape for itself.
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, []);
  const at = placeBeside(target, size, { width: innerWidth, height: innerHeight });
  const last = step === tourSteps.length - 1;
  return (
    <>
      {target && (
        <div
          className="tour-ring"
          aria-hidden="true"
          style={{ left: target.left, top: target.top, width: target.width, height: target.height }}
        />
      )}
      <section
        ref={ref}
        className="tour"
        role="dialog"
        aria-label={`Tour, step ${step + 1} of ${tourSteps.length}: ${title}`}
        style={{ left: at.left, top: at.top }}
      >
        <p className="tour-count">
          {step + 1} of {tourSteps.length}
        </p>
        <h2>{title}</h2>
        <p>{text}</p>
        <div className="tour-foot">
          {!last && (
            <Button small kind="quiet" onClick={end}>
              Skip
            </Button>
          )}
          <span className="tour-space" />
          {step > 0 && (
            <Button small onClick={() => go(step - 1)}>
              Back
            </Button>
          )}
          <Button small kind="primary" onClick={() => go(step + 1)}>
            {last ? 'Done' : 'Next'}
          </Button>
        </div>
      </section>
    </>
  );
}

/** Where the first of these that can be seen stands now; it is looked for again, since panels open and wires move. */
function useBoxOf(targets: readonly string[]): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    const look = () => {
      const screen = { width: innerWidth, height: innerHeight };
      const found = targets
        .flatMap((t) => document.querySelector(t)?.getBoundingClientRect() ?? [])
        .find((rect) => isSeen(rect, screen));
      const next = found
        ? { left: found.left, top: found.top, width: found.width, height: found.height }
        : null;
      setBox((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    look();
    const timer = setInterval(look, 250);
    addEventListener('resize', look);
    return () => {
      clearInterval(timer);
      removeEventListener('resize', look);
    };
  }, [targets]);
  return box;
}
