/** Electron's utilityProcess by Node's fork; the child finds `process.parentPort` as it would under Electron. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { note } from './notes.ts';

class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess;
  constructor(child: ChildProcess) {
    super();
    this.child = child;
    child.on('message', (message) => this.emit('message', message));
    child.on('close', (code, signal) => this.emit('exit', code ?? (signal === null ? 0 : 1)));
  }
  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }
  get stderr() {
    return this.child.stderr;
  }
  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object);
  }
  kill(): boolean {
    return this.child.kill();
  }
}

const parentPort = fileURLToPath(new URL('./parent-port.mjs', import.meta.url));

export const utilityProcess = {
  fork(program: string, words: readonly string[], options: unknown): UtilityProcess {
    note('utilityProcess.fork', program, options);
    const child = fork(program, [...words], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--import', parentPort],
    });
    return new UtilityProcess(child);
  },
};
