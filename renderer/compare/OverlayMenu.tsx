import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { sayError } from '../ui/toasts.tsx';
import { type OverlayLook, saveOverlayCsv, saveOverlayPng, saveOverlaySvg } from './save-overlay.ts';

/** A chart of several runs as a file. */
export function OverlayMenu({ look }: { readonly look: OverlayLook }) {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  return (
    <>
      <Button
        small
        kind="quiet"
        className="icon overlay-menu"
        aria-label={`Save ${look.title.toLowerCase()}…`}
        title={`Save ${look.title.toLowerCase()}…`}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(e) => {
          const { left, bottom } = e.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom + 2 });
        }}
      >
        <Download size={14} />
      </Button>
      {at && (
        <Menu
          label={`Save ${look.title}`}
          at={at}
          onClose={() => setAt(null)}
          entries={[
            { title: 'Save as SVG', run: () => saveOverlaySvg(look) },
            { title: 'Save as PNG', run: () => void saveOverlayPng(look).catch(sayError) },
            { title: 'Save figures as CSV', run: () => saveOverlayCsv(look) },
          ]}
        />
      )}
    </>
  );
}
