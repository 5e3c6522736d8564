import { Download, Settings2 } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../ui/Button.tsx';
import { bytes } from '../ui/format.ts';
import { type Chosen, type Option, optionsOf } from './choice.ts';
import { installingOf, showInstall } from './install.ts';
import { setWish, useEngines, useWish } from './store.ts';

/** Every engine, here or not, and the choice of one for the next run. */
export function EngineList({ chosen }: { readonly chosen: Chosen | null }) {
  const engines = useEngines((s) => s.engines);
  const wish = useWish();
  const group = useId();
  if (!engines) return <p className="muted">Asking what can train here…</p>;
  const options = optionsOf(engines);
  // A wish may be kept from when there was such an engine.
  const isKnown = wish === '' || options.some((o) => o.wish === wish);
  return (
    <>
      <fieldset className="engine-options">
        <legend>Engine for the next run</legend>
        <Row group={group} wish="" isChecked={wish === ''} isAvailable title="Fastest available">
          {wish === '' && chosen?.engine
            ? `Now ${chosen.engine.title} on ${chosen.where}.`
            : 'Whichever of these is the fastest and has the memory.'}
        </Row>
        {options.map((option) => (
          <OptionRow key={`${option.wish} ${option.where}`} {...{ group, option, wish }} />
        ))}
        {!isKnown && (
          <Row group={group} wish={wish} isChecked isAvailable={false} title={wish}>
            It was chosen before and is not here now.
          </Row>
        )}
      </fieldset>
      <NativeEngine />
    </>
  );
}

interface RowProps {
  readonly group: string;
  readonly wish: string;
  readonly isChecked: boolean;
  readonly isAvailable: boolean;
  readonly title: string;
  readonly where?: string;
  readonly children: React.ReactNode;
}

function Row({ group, wish, isChecked, isAvailable, title, where, children }: RowProps) {
  const id = useId();
  return (
    <div className="engine-option" data-checked={isChecked || undefined}>
      <input
        type="radio"
        id={id}
        name={group}
        checked={isChecked}
        // What is chosen and gone can be left, not taken.
        disabled={!isAvailable && !isChecked}
        aria-describedby={`${id}-why`}
        onChange={() => setWish(wish)}
      />
      <label htmlFor={id}>
        <span className="engine-title">
          <b>{title}</b>
          {!isAvailable && <span className="badge">not here</span>}
        </span>
        {where && <span className="engine-where">{where}</span>}
      </label>
      <p id={`${id}-why`}>{children}</p>
    </div>
  );
}

function OptionRow({ group, option, wish }: { group: string; option: Option; wish: string }) {
  const { engine, available, reason, where } = option;
  const facts = [
    // A library in a named folder may not tell.
    /^\d/.test(engine.version) && `version ${engine.version}`,
    engine.memoryLimitBytes !== null && `holds up to ${bytes(engine.memoryLimitBytes)}`,
  ].filter(Boolean);
  return (
    <Row
      {...{ group, where, title: engine.title, isAvailable: available }}
      wish={option.wish}
      isChecked={wish === option.wish}
    >
      {reason}
      {available && facts.length > 0 && <span className="engine-facts">{facts.join(' · ')}</span>}
    </Row>
  );
}

/** The way to install or remove TensorFlow's library. */
function NativeEngine() {
  const installation = useEngines((s) => s.installation);
  if (!installation) return null;
  const { installed, variants, found, state } = installation;
  const words = installingOf(state)
    ? 'Show the installation'
    : installed
      ? 'TensorFlow’s library…'
      : variants.length > 0
        ? found
          ? 'Install Stemma’s own TensorFlow…'
          : 'Install TensorFlow…'
        : undefined;
  if (words === undefined) return <p className="muted engine-none">{installation.why}</p>;
  return (
    <div className="engine-foot">
      <Button
        small
        kind={!installed && !found ? 'primary' : 'plain'}
        onClick={(e) => {
          e.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          showInstall();
        }}
      >
        {installed ? <Settings2 size={13} aria-hidden /> : <Download size={13} aria-hidden />} {words}
      </Button>
    </div>
  );
}
