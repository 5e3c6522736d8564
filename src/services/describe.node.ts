/** What this machine can train on, and what Stemma can write. */
import { askEngine, chooseEngine, engines } from '../engines/index.node.ts';
import { formats } from '../formats/index.node.ts';
import { DOCUMENT_FORMAT } from './exports.node.ts';
import type { Description } from './jobs.ts';

export async function describe(): Promise<Description> {
  // Where none can run, none is chosen; each says why.
  const chosen = await chooseEngine().catch(() => undefined);
  const told = engines.map(async (engine) => {
    const { id, title, memoryLimitBytes = null } = engine;
    const isChosen = id === chosen?.engine.id;
    const why = isChosen ? (chosen?.why ?? '') : '';
    const { devices = [], ...asked } = await askEngine(engine);
    return { id, title, ...asked, devices, memoryLimitBytes, chosen: isChosen, why };
  });
  return {
    engines: await Promise.all(told),
    formats: [
      ...formats.map(({ id, title, files, extension = '' }) => ({
        ...{ id, title, extension },
        folder: files !== undefined,
        needsWeights: true,
      })),
      {
        ...{ id: DOCUMENT_FORMAT, title: 'The drawing (.stemma)', extension: 'stemma' },
        folder: false,
        needsWeights: false,
      },
    ],
  };
}
