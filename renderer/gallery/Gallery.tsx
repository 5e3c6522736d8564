import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { AppError } from '../../src/base/errors.ts';
import { templates } from '../../src/templates/index.ts';
import type { Template, TemplateOptions } from '../../src/templates/template.ts';
import { startFrom } from '../files/actions.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ranked } from '../ui/search.ts';
import { Cards } from './Cards.tsx';
import { Chosen } from './Chosen.tsx';
import { factsOf } from './facts.ts';
import { type Family, families, familyOf } from './families.ts';
import { buildTemplate, optionsFor } from './options.ts';

/** Templates to begin with, as a dialog. */
export function Gallery({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [family, setFamily] = useState<Family>('All');
  const [id, setId] = useState('resnet18');
  const [changed, setChanged] = useState<Partial<TemplateOptions>>({});
  const search = useRef<HTMLInputElement>(null);
  // After the dialog has taken the focus for itself.
  useEffect(() => search.current?.focus(), []);
  const listed = ranked(
    templates
      .filter((t) => family === 'All' || familyOf(t.id) === family)
      .map((t) => ({ ...t, words: `${t.id} ${t.help} ${familyOf(t.id)}` })),
    query,
  );
  const template = templates.find((t) => t.id === id) as Template;
  const options: TemplateOptions = { ...optionsFor(id), ...changed };
  const wrong = whyNot(id, options);
  const choose = (next: string) => {
    setId(next);
    // Stages and the like are of one template; sizes and style stay.
    setChanged(({ set, ...rest }) => ({ ...rest, ...(set && { set: carried(set) }) }));
  };
  const open = () => {
    if (wrong?.refuses) return;
    const misfit = document.querySelector<HTMLElement>('.gallery-form [aria-invalid="true"]');
    if (misfit) {
      misfit.focus();
      return;
    }
    onClose();
    startFrom(buildTemplate(id, options));
  };
  return (
    <Dialog
      title="Template gallery"
      onClose={onClose}
      width={1080}
      className="gallery"
      foot={
        <>
          {wrong && (
            <span className="gallery-wrong" role="status">
              {wrong.text}
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={wrong?.refuses === true} onClick={open}>
            Open {template.title}
          </Button>
        </>
      }
    >
      <div className="gallery-body">
        <div className="gallery-left">
          <div className="gallery-filters">
            <div className="gallery-search">
              <Search size={14} aria-hidden="true" />
              <input
                ref={search}
                className="input"
                type="search"
                aria-label="Search templates"
                placeholder="Search templates"
                value={query}
                onChange={(e) => setQuery(e.target.value)}
                onKeyDown={(e) => {
                  if (e.key === 'Enter' && listed[0]) choose(listed[0].id);
                }}
              />
            </div>
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend. */}
            <div className="segmented" role="group" aria-label="Family">
              {families.map((f) => (
                <button key={f} type="button" aria-pressed={family === f} onClick={() => setFamily(f)}>
                  {f}
                </button>
              ))}
            </div>
          </div>
          <Cards templates={listed} chosen={id} onChoose={choose} onOpen={open} />
        </div>
        <Chosen
          key={id}
          template={template}
          options={options}
          onChange={(o) => setChanged({ ...changed, ...o })}
        />
      </div>
    </Dialog>
  );
}

/** Of the set parameters those that every template has alike. */
const carried = ({ shortcut, detail }: TemplateOptions['set']): TemplateOptions['set'] => ({
  ...(shortcut !== undefined && { shortcut }),
  ...(detail !== undefined && { detail }),
});

/** What is wrong with these options, and whether they make no drawing at all. */
function whyNot(id: string, options: TemplateOptions): { text: string; refuses: boolean } | undefined {
  try {
    const { problem } = factsOf(id, options);
    return problem === undefined
      ? undefined
      : { text: `${problem} It can be opened and mended there.`, refuses: false };
  } catch (error) {
    if (error instanceof AppError) return { text: error.message, refuses: true };
    throw error;
  }
}
