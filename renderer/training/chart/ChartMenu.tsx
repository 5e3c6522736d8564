import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { PlotGiven } from './plot.ts';
import { copyChart, copyChartCsv, saveChartCsv, saveChartPng, saveChartSvg } from './save.ts';

/** A chart as a picture or as figures. */
export function ChartMenu({ given, name }: { readonly given: PlotGiven; readonly name: string }) {
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const open = () => {
    const box = button.current?.getBoundingClientRect();
    if (box) setAt({ x: box.left, y: box.bottom + 2 });
  };
  return (
    <>
      <IconButton
        ref={button}
        label={`Save or copy ${given.title.toLowerCase()}…`}
        className="chart-menu"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={open}
      >
        <Download size={14} />
      </IconButton>
      {at && (
        <Menu
          label={`Save or copy ${given.title}`}
          at={at}
          onClose={() => setAt(null)}
          entries={[
            { title: 'Save as SVG', run: () => saveChartSvg(name, given) },
            { title: 'Save as PNG', run: () => void saveChartPng(name, given) },
            { title: 'Save figures as CSV', run: () => saveChartCsv(name, given) },
            'separator',
            { title: 'Copy picture', run: () => void copyChart(given) },
            { title: 'Copy figures as CSV', run: () => copyChartCsv(given) },
          ]}
        />
      )}
    </>
  );
}
