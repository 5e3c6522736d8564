import type { TemplateOptions } from '../../src/templates/template.ts';
import { useLater } from '../ui/later.ts';
import { factsKey, factsOf } from './facts.ts';
import { barsOf } from './figure.ts';
import { optionsFor } from './options.ts';

interface ThumbnailProps {
  readonly template: string;
  readonly options?: TemplateOptions;
}

/** The figure of a template, drawn from the drawing that it makes. */
export function Thumbnail({ template, options = optionsFor(template) }: ThumbnailProps) {
  const facts = useLater(factsKey(template, options), () => factsOf(template, options));
  const bars = facts ? barsOf(facts.scene.nodes) : [];
  return (
    <svg className="thumbnail" viewBox="0 0 220 72" aria-hidden="true">
      {bars.map(({ x, y, width, height, category, skip }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
        <g key={i} data-category={category}>
          <rect x={x} y={y} width={width} height={height} rx={Math.min(2, width / 3)} />
          {skip && (
            <path
              d={`M${x} ${y - 2}C${x} ${y - 8} ${x + width} ${y - 8} ${x + width} ${y - 2}`}
              strokeWidth={Math.min(1.2, width / 4)}
            />
          )}
        </g>
      ))}
    </svg>
  );
}
