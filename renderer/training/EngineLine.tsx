import { Cpu } from 'lucide-react';
import { useEffect, useId } from 'react';
import { bytes } from '../ui/format.ts';
import { chosenEngine, loadEngines, useCatalogue } from './catalogue.ts';

/** What will run a training and why; a click tells of all engines. */
export function EngineLine() {
  const engines = useCatalogue((s) => s.engines);
  const id = useId();
  useEffect(loadEngines, []);
  const engine = chosenEngine(engines);
  return (
    <div className="engine">
      <Cpu size={14} aria-hidden />
      <span className="engine-words">
        {engine ? (
          <>
            <b>{engine.title}</b> on {engine.device}: {engine.why}
          </>
        ) : engines ? (
          'No engine can run here.'
        ) : (
          'Asking what can run here…'
        )}
      </span>
      <button type="button" className="button quiet small" popoverTarget={id}>
        Engines
      </button>
      <div id={id} popover="auto" className="engine-list text-selectable">
        <h3>Engines</h3>
        {engines?.map((e) => (
          <section key={e.id}>
            <div className="engine-title">
              <b>{e.title}</b>
              <span className={`badge ${e.chosen ? 'accent' : e.available ? 'good' : ''}`}>
                {e.chosen ? 'used' : e.available ? 'available' : 'not here'}
              </span>
            </div>
            <p>{e.reason}</p>
            <p className="muted">
              {[
                e.available && e.device,
                e.version && `version ${e.version}`,
                e.memoryLimitBytes !== null && `up to ${bytes(e.memoryLimitBytes)}`,
                e.chosen && `chosen: ${e.why}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </section>
        ))}
      </div>
    </div>
  );
}
