/**
 * A host whose calls on engines are answered by a test: what is installed, how an installation goes on and ends. All
 * other calls reach the real host. It stands between page and host, so a page that is loaded again meets it too.
 */
import type { Page, WebSocketRoute } from '@playwright/test';
import type {
  CallError,
  EngineGain,
  EngineInfo,
  EngineInstallation,
  EngineInstalling,
} from '../src/services/contract.ts';

const MB = 1e6;
export const GAIN: EngineGain = {
  ...{ portableStepMs: 312.4, tensorflowStepMs: 104.2 },
  work: 'ResNet-18, 32 × 32 pictures, 32 a step',
};

const processor = {
  id: 'cpu',
  kind: 'cpu',
  name: 'CPU (a processor, 2 cores)',
  freeBytes: 9e9,
  totalBytes: 16e9,
} as const;
const gpu = {
  id: 'cuda:0',
  kind: 'gpu',
  name: 'NVIDIA GeForce RTX 3060',
  freeBytes: 11e9,
  totalBytes: 12e9,
} as const;

/** The list as a host tells it; `device`: one more that TensorFlow speaks of. */
function enginesWith(isInstalled: boolean, hasGpu: boolean): EngineInfo[] {
  const reason = isInstalled ? 'TensorFlow’s library is here.' : "TensorFlow's library is not installed.";
  const offer = { available: isInstalled, reason, version: isInstalled ? '2.21.0' : '' };
  const devices = [
    ...(hasGpu ? [{ device: gpu, ...offer, available: false, rank: 4 }] : []),
    { device: processor, ...offer, rank: 3 },
  ];
  const portable = { available: true, reason: 'It is always here.', version: '4.22.0' };
  const of = (chosen: boolean) => ({ chosen, why: chosen ? 'the fastest that is available' : '' });
  return [
    {
      ...{ id: 'tensorflow', title: 'TensorFlow', ...offer, device: processor.name, memoryLimitBytes: null },
      ...{ devices, ...of(isInstalled) },
    },
    {
      ...{ id: 'portable', title: 'Portable (WebAssembly)', ...portable, device: processor.name },
      ...{ memoryLimitBytes: 4.29e9, devices: [{ device: processor, ...portable, rank: 1 }] },
      ...of(!isInstalled),
    },
  ];
}

interface Message {
  readonly id?: number;
  readonly call?: string;
  readonly argument?: Record<string, unknown>;
}

export class FakeEngines {
  readonly asked: { readonly gpu: boolean; readonly wheel: string | null }[] = [];
  readonly #hasGpu: boolean;
  #page: WebSocketRoute | undefined;
  #state: EngineInstalling | null = null;
  #installed: EngineInstallation['installed'] = null;
  /** The call that installs, answered when it ends. */
  #open: number | undefined;

  constructor({ hasGpu = false } = {}) {
    this.#hasGpu = hasGpu;
  }

  /** Before the page is opened. */
  async standBefore(page: Page): Promise<void> {
    await page.routeWebSocket(/\/socket$/, (socket) => {
      const host = socket.connectToServer();
      this.#page = socket;
      this.#open = undefined;
      socket.onMessage((text) => {
        const message = JSON.parse(String(text)) as Message;
        if (!this.#answer(message)) host.send(text);
      });
    });
  }

  /** What a person sees of an installation next. */
  tell(change: Partial<EngineInstalling>): void {
    const begin = { engine: 'tensorflow', gpu: false, phase: 'asking', done: 0, total: null } as const;
    this.#state = { ...begin, message: '', error: null, measured: null, ...this.#state, ...change };
    this.#page?.send(JSON.stringify({ event: 'engines.installing', value: this.#state }));
  }

  download(done: number): void {
    const message = 'Fetching tensorflow_cpu 2.21.0 …';
    this.tell({ phase: 'fetching', done: done * MB, total: 274 * MB, message });
  }

  succeed(): void {
    const [threads, diskBytes] = [2, 853 * MB];
    const at = new Date().toISOString();
    const folder = '/home/me/.local/share/stemma/engines/tensorflow/tensorflow-2.21.0';
    this.#installed = {
      ...{ version: '2.21.0', gpu: false, folder, diskBytes, at, threads },
      measured: GAIN,
    };
    this.tell({ phase: 'done', message: 'TensorFlow 2.21.0 is installed.', measured: GAIN });
    this.#end({ ok: true, value: null });
  }

  fail(error: CallError): void {
    this.tell({ phase: 'failed', message: error.message, error });
    this.#end({ ok: false, error });
  }

  /** As somebody would without the window. */
  remove(): void {
    this.#installed = null;
    this.#state = null;
  }

  #end(answer: object): void {
    if (this.#open !== undefined) this.#page?.send(JSON.stringify({ id: this.#open, answer }));
    this.#open = undefined;
  }

  get #installation(): EngineInstallation {
    const sizes = { version: '2.21.0', downloadBytes: 274 * MB, diskBytes: 853 * MB };
    const cuda = { gpu: true, version: '2.21.0', downloadBytes: 3300 * MB, diskBytes: 5200 * MB };
    const installed = this.#installed;
    const found = installed && { ...installed, source: 'installed' as const };
    return {
      ...{ engine: 'tensorflow', variants: [{ gpu: false, ...sizes }, cuda], client: 'pip 24.0', why: '' },
      ...{ installed, found, state: this.#state },
    };
  }

  #answer({ id, call, argument }: Message): boolean {
    const answers: Readonly<Record<string, () => unknown>> = {
      'engines.list': () => enginesWith(this.#installed !== null, this.#hasGpu),
      'engines.installation': () => this.#installation,
      'engines.cancelInstall': () => {
        const error = { code: 'engine/cancelled', message: 'The installation was cancelled.', hint: null };
        this.tell({ phase: 'cancelled', message: error.message, error });
        this.#end({ ok: false, error });
        return null;
      },
      'engines.remove': () => {
        this.remove();
        return null;
      },
    };
    if (call === 'engines.install' && id !== undefined) {
      this.asked.push(argument as { gpu: boolean; wheel: string | null });
      this.#open = id;
      this.#state = null;
      this.tell({ message: 'Looking for a package client …' });
      return true;
    }
    const answer = call === undefined ? undefined : answers[call];
    if (!answer) return false;
    this.#page?.send(JSON.stringify({ id, answer: { ok: true, value: answer() } }));
    return true;
  }
}
