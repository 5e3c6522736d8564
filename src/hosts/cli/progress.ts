/** What a person sees on standard error while a network trains. */
import type { TrainingEvent } from '../../services/jobs.ts';

const duration = (ms: number) =>
  ms < 90_000
    ? `${Math.round(ms / 1000)} s`
    : ms < 5_400_000
      ? `${Math.round(ms / 60_000)} min`
      : `${(ms / 3_600_000).toFixed(1)} h`;

const size = (bytes: number) =>
  bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** Lines where the output is a file; one line that is rewritten where it is a terminal. */
export function progressPrinter(batch: number): (event: TrainingEvent) => void {
  const live = process.stderr.isTTY;
  const times: number[] = [];
  let steps = 0;
  let stepsPerEpoch = 1;
  let done = 0;
  let first = 0;
  let evaluating = false;
  const say = (line: string) => process.stderr.write(`${live && times.length > 0 ? '\n' : ''}${line}\n`);
  return (event) => {
    if (event.type === 'started') {
      ({ steps, stepsPerEpoch, done } = event);
      first = done;
      const { engine, why, device, memoryBytes } = event;
      say(
        `Engine ${engine} (${why}) on ${device}; ${steps} steps${done > 0 ? `, ${done} of them done` : ''}; about ${size(memoryBytes)} for tensors.`,
      );
    } else if (event.type === 'metric' && event.metric.kind === 'step') {
      const { step, loss, accuracy, durationMs } = event.metric;
      done = step + 1;
      // The first step compiles and allocates; it says nothing about the others.
      if (step > first || steps === 1) times.push(durationMs);
      if (times.length === 0) return;
      const recent = times.slice(-20).sort((a, b) => a - b);
      const median = recent[recent.length >> 1] as number;
      if (step === first + 1)
        process.stderr.write(
          `A step takes about ${(median / 1000).toFixed(2)} s: ${duration(median * (steps - first))} in all.\n`,
        );
      const filled = Math.round((24 * done) / steps);
      const bar = `${'█'.repeat(filled)}${'·'.repeat(24 - filled)}`;
      const speed = `${((batch * 1000) / median).toFixed(0)} images/s`;
      const left = duration(median * (steps - step - 1));
      const line = `${bar} ${step + 1}/${steps}  loss ${loss.toFixed(4)}  accuracy ${(100 * accuracy).toFixed(0).padStart(3)} %  ${speed}  ${left} left`;
      if (live) process.stderr.write(`\r${line.padEnd(110)}`);
      else if (step === first + 1 || (step + 1) % Math.max(1, Math.ceil(steps / 20)) === 0) say(line);
    } else if (event.type === 'metric' && event.metric.kind === 'epoch') {
      const { epoch, loss, accuracy, validationAccuracy } = event.metric;
      const held =
        validationAccuracy === undefined ? '' : `, held out ${(100 * validationAccuracy).toFixed(1)} %`;
      say(`Epoch ${epoch + 1}: loss ${loss.toFixed(4)}, accuracy ${(100 * accuracy).toFixed(1)} %${held}`);
    } else if (event.type === 'metric') {
      // Where epochs are few: the epoch's own line says the last.
      const { step, loss, accuracy } = event.metric;
      if ((step + 1) % stepsPerEpoch !== 0)
        say(
          `Held out after step ${step + 1}: loss ${loss.toFixed(4)}, accuracy ${(100 * accuracy).toFixed(1)} %`,
        );
    } else if (event.type === 'warning') say(event.message);
    else if (event.type === 'phase' && event.phase === 'evaluating' && done === steps && !evaluating) {
      evaluating = true;
      say('Evaluating …');
    }
  };
}
