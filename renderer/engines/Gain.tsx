import type { EngineGain } from '../../src/services/contract.ts';
import { gainSentence } from './install-words.ts';

/** The same step on both engines, as this machine measured it. */
export function Gain({ measured }: { readonly measured: EngineGain }) {
  const { portableStepMs, tensorflowStepMs, work } = measured;
  const longest = Math.max(portableStepMs, tensorflowStepMs);
  const bars = [
    { name: 'Portable', ms: portableStepMs, kind: 'portable' },
    { name: 'TensorFlow', ms: tensorflowStepMs, kind: 'native' },
  ] as const;
  return (
    <figure className="engine-gain">
      <figcaption>
        <b>{gainSentence(measured)}</b>
        <span className="muted">Measured on this machine: {work}.</span>
      </figcaption>
      {bars.map(({ name, ms, kind }) => (
        <div key={name} className="gain-row">
          <span>{name}</span>
          <span className="gain-track">
            <span className={`gain-bar ${kind}`} style={{ width: `${(ms / longest) * 100}%` }} />
          </span>
          <span className="gain-ms">{Number(ms.toPrecision(3))} ms</span>
        </div>
      ))}
    </figure>
  );
}
