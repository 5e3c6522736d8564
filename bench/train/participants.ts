/** Who takes part, and how each is started. */
import { join } from 'node:path';
import type { ParticipantId, PeerId } from './results.ts';
import type { Entry } from './works.ts';

export interface Participant {
  readonly id: ParticipantId;
  readonly title: string;
  readonly command: readonly string[];
}

const peers: readonly { id: PeerId; title: string; program: string; variant?: string }[] = [
  { id: 'torch', title: 'PyTorch', program: 'torch_peer.py', variant: 'default' },
  {
    id: 'torch-channels-last',
    title: 'PyTorch, channels_last',
    program: 'torch_peer.py',
    variant: 'channels_last',
  },
  { id: 'torch-compile', title: 'PyTorch, torch.compile', program: 'torch_peer.py', variant: 'compile' },
  { id: 'keras', title: 'Keras on TensorFlow', program: 'keras_peer.py', variant: 'default' },
  { id: 'keras-xla', title: 'Keras on TensorFlow, XLA', program: 'keras_peer.py', variant: 'xla' },
  { id: 'jax', title: 'JAX with Flax, jit', program: 'jax_peer.py' },
];

export interface Programs {
  /** The bundled stemma-peer.ts. */
  readonly stemma: string;
  readonly engine: string;
  /** Folder of the peers' programs. */
  readonly peers: string;
  /** undefined: Stemma only. */
  readonly python: string | undefined;
}

export function participantsOf(
  entry: Entry,
  { stemma, engine, peers: folder, python }: Programs,
): Participant[] {
  const own = (id: ParticipantId, title: string, by: string, source = 'fixed'): Participant => ({
    ...{ id, title },
    command: [process.execPath, stemma, by, source],
  });
  const all = [own('stemma', `Stemma (${engine})`, engine)];
  if (entry.pictures !== undefined)
    return [...all, own('pictures', `Stemma (${engine}), real pictures`, engine, 'pictures')];
  if (python !== undefined)
    for (const { id, title, program, variant } of peers)
      all.push({ id, title, command: [python, join(folder, program), ...(variant ? [variant] : [])] });
  if (entry.portable && engine !== 'portable') all.push(own('portable', 'Stemma (portable)', 'portable'));
  return all;
}
