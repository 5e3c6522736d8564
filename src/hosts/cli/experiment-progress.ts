/** What a person sees on standard error while an experiment runs: a line a network, and in a terminal its steps. */
import type { ExperimentDocument } from '../../experiments/experiment.ts';
import type { ExperimentEvent } from '../../services/jobs.ts';

export function experimentPrinter({ variants }: ExperimentDocument): (event: ExperimentEvent) => void {
  const live = process.stderr.isTTY;
  let [total, done] = [0, 0];
  let name = '';
  let engine = '';
  const labelOf = (id: string) => variants.find((variant) => variant.id === id)?.label ?? id;
  const say = (line: string) => process.stderr.write(`${live ? '\r' : ''}${line.padEnd(live ? 100 : 0)}\n`);
  return (event) => {
    if (event.type === 'started') {
      ({ total, done } = event);
      if (done > 0) say(`${done} of ${total} networks are done already.`);
    } else if (event.type === 'net') {
      name = `${done + 1}/${total}  ${labelOf(event.variant)}, seed ${event.seed}`;
      if (event.engine !== engine) say(`Engine ${event.engine} on ${event.device}.`);
      engine = event.engine;
    } else if (event.type === 'step' && live)
      process.stderr.write(
        `\r${`${name}: ${event.step}/${event.steps}  loss ${event.loss.toFixed(3)}`.padEnd(100)}`,
      );
    else if (event.type === 'warning') say(event.message);
    else if (event.type === 'result') {
      const { failed, finalTrainLoss, testAccuracy, seconds } = event.result;
      const figures = [
        ...(failed ? [failed] : []),
        ...(finalTrainLoss === null ? [] : [`loss ${finalTrainLoss.toFixed(3)}`]),
        ...(testAccuracy === null ? [] : [`test accuracy ${(100 * testAccuracy).toFixed(1)} %`]),
        ...(seconds > 0 ? [`${seconds.toFixed(1)} s`] : []),
      ];
      say(`${name}: ${figures.join(', ')}`);
      done++;
    }
  };
}
