import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useApp } from '../state/app.ts';
import { changeSettings } from '../state/settings.ts';
import { Button } from '../ui/Button.tsx';
import { type CardPlace, cardPlace, type TourStep, tourSteps } from './tour-steps.ts';

const goTo = (tour: number) => useApp.setState({ tour });

function end(): void {
  useApp.setState({ tour: null });
  changeSettings({ tourDone: true });
}

/** The first-run tour; which step stands in useApp. It points at things and blocks nothing. */
export function Tour() {
  const { tour, overlay, view } = useApp();
  const step = tour === null ? undefined : tourSteps[tour];
  if (tour === null || !step || overlay || view !== 'design') return null;
  return <Card step={step} index={tour} />;
}

function Card({ step, index }: { readonly step: TourStep; readonly index: number }) {
  const ref = useRef<HTMLElement>(null);
  const [place, setPlace] = useState<CardPlace | null>(null);
  const { leftOpen, rightOpen } = useApp();
  // biome-ignore lint/correctness/useExhaustiveDependencies: panels that open or close move what is pointed at.
  useLayoutEffect(() => {
    const put = () => {
      const target = document.querySelector(step.at)?.getBoundingClientRect();
      const card = ref.current?.getBoundingClientRect();
      if (!card) return;
      const all = { left: 0, top: 0, width: innerWidth, height: innerHeight };
      setPlace(cardPlace(step.side, target ?? all, card, all));
    };
    put();
    addEventListener('resize', put);
    return () => removeEventListener('resize', put);
  }, [step, leftOpen, rightOpen]);
  useEffect(() => {
    useApp.setState({ leftOpen: true, rightOpen: true });
    const onKey = (e: KeyboardEvent) => {
      // A dialog that opens above hides the tour; menus close by themselves first.
      if (e.key === 'Escape' && !e.defaultPrevented) end();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const shown = place !== null;
  // What is hidden until it has its place takes no focus.
  useEffect(() => {
    if (shown) ref.current?.querySelector<HTMLElement>('.primary')?.focus();
  }, [shown]);
  const last = index === tourSteps.length - 1;
  const { x = 0, y = 0, arrow = 0 } = place ?? {};
  const along = step.side === 'below' || step.side === 'inside' ? { left: arrow } : { top: arrow };
  return (
    <section
      ref={ref}
      className="tour"
      role="dialog"
      aria-label={`Tour, step ${index + 1} of ${tourSteps.length}: ${step.title}`}
      data-side={step.side}
      style={{ left: x, top: y, visibility: shown ? 'visible' : 'hidden' }}
    >
      <span className="tour-arrow" style={along} />
      <h3>{step.title}</h3>
      <p aria-live="polite">{step.text}</p>
      <div className="tour-foot">
        <span className="muted">
          {index + 1} of {tourSteps.length}
        </span>
        {!last && (
          <Button small kind="quiet" onClick={end}>
            Skip
          </Button>
        )}
        {index > 0 && (
          <Button small onClick={() => goTo(index - 1)}>
            Back
          </Button>
        )}
        <Button small kind="primary" onClick={() => (last ? end() : goTo(index + 1))}>
          {last ? 'Done' : 'Next'}
        </Button>
      </div>
    </section>
  );
}
