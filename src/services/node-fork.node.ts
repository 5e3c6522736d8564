/** A trainer as a child of this Node process. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describeError } from '../base/errors.ts';
import type { ForkTrainer } from './host.ts';
import { poolEnvironment } from './pool.node.ts';

export interface NodeForkOptions {
  /** Node's own flags. */
  readonly execArgv?: readonly string[];
  /** Beside this process' environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** `program`: the built trainer; beside this file where not given. */
export function nodeFork(program?: string, { execArgv = [], env = {} }: NodeForkOptions = {}): ForkTrainer {
  const path = program ?? fileURLToPath(new URL('./trainer.mjs', import.meta.url));
  return () => {
    const child = fork(path, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...execArgv],
      env: { ...process.env, ...poolEnvironment(), ...env },
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    return {
      pid: child.pid,
      post(message) {
        // One that has just gone hears nothing; its exit is told.
        if (child.connected) child.send(message as object, () => {});
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        // 'close' comes after the last message and the last words; 'exit' may come before them.
        child.once('close', (code, signal) => listener({ code, signal, said }));
        child.once('error', (error) => listener({ code: null, signal: null, said: describeError(error) }));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
