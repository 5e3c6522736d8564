/** The trainer in a process of Electron's own kind: a packaged Electron does not run as Node. */
import { utilityProcess } from 'electron';
import type { TrainerProcess } from '../src/services/host.ts';
import { poolEnvironment } from '../src/services/pool.node.ts';

/** Of what a trainer writes to its error stream, the end tells why it died. */
const SAID_CHARACTERS = 2000;

export function forkTrainer(program: string): TrainerProcess {
  const child = utilityProcess.fork(program, [], {
    serviceName: 'Stemma trainer',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...poolEnvironment() },
  });
  let said = '';
  const hear = (words: string) => {
    said = (said + words).slice(-SAID_CHARACTERS);
  };
  child.stderr?.on('data', (chunk: Buffer) => hear(chunk.toString()));
  // V8 had to end it, for want of memory mostly; an 'error' that nobody hears would end us too. 'exit' follows.
  child.on('error', (type, location) => hear(`${type}: ${location}\n`));
  return {
    get pid() {
      return child.pid;
    },
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    // Electron drops its streams with this event, so there is nothing to wait for.
    onExit: (listener) => void child.once('exit', (code) => listener({ code, signal: null, said })),
    kill: () => {
      // Electron's own `kill` only asks (SIGTERM).
      if (child.pid === undefined) child.kill();
      else killNow(child.pid);
    },
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // Already gone is what we want.
  }
}
