import { FileDown } from 'lucide-react';
import { useMemo } from 'react';
import type { ExperimentDocument } from '../../src/experiments/experiment.ts';
import { figureOf } from '../../src/experiments/figure/figure.ts';
import type { ExperimentResult } from '../../src/experiments/results.ts';
import { storyOf } from '../../src/experiments/story.ts';
import { csvOf, markdownOf } from '../../src/experiments/table.ts';
import type { ActiveExperiment } from '../../src/services/contract.ts';
import { download, fileNameOf } from '../files/actions.ts';
import { SvgImage } from '../picture/SvgImage.tsx';
import { savePng, saveSvg } from '../picture/save.ts';
import { Button } from '../ui/Button.tsx';
import { useTheme } from '../ui/theme.ts';
import { sayError } from '../ui/toasts.tsx';

interface FigureProps {
  readonly experiment: ExperimentDocument;
  readonly results: readonly ExperimentResult[];
  readonly active: ActiveExperiment | undefined;
}

const PNG_SCALE = 2;

export function ExperimentFigure({ experiment, results, active }: FigureProps) {
  const theme = useTheme();
  const net = active?.net;
  // biome-ignore lint/correctness/useExhaustiveDependencies: steps between two points of the curve change nothing.
  const growing = useMemo(() => net ?? undefined, [net?.variant, net?.seed, net?.curve.length]);
  const { svg } = useMemo(
    () => figureOf(experiment, results, { theme, ...(growing && { growing }) }),
    [experiment, results, theme, growing],
  );
  const name = fileNameOf(experiment.title);
  // A file is read on white paper, whatever the page looks like.
  const picture = () => figureOf(experiment, results);
  return (
    <section className="card" aria-label="Figure">
      <div className="card-head">
        <h3>Figure</h3>
        <FileDown size={14} aria-hidden />
        <Button small onClick={() => saveSvg(name, picture())}>
          SVG
        </Button>
        <Button small onClick={() => void savePng(name, picture(), PNG_SCALE).catch(sayError)}>
          PNG
        </Button>
        <Button small onClick={() => download(`${name}.csv`, csvOf(experiment, results), 'text/csv')}>
          CSV
        </Button>
        <Button
          small
          onClick={() => download(`${name}.md`, markdownOf(experiment, results), 'text/markdown')}
        >
          Markdown
        </Button>
      </div>
      <div className="experiment-figure">
        <SvgImage
          svg={svg}
          alt={storyOf(experiment, results).join(' ') || `${experiment.title}, no results yet`}
        />
      </div>
    </section>
  );
}
