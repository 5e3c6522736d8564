/** Loaded before the child's own program. https://www.electronjs.org/docs/latest/api/parent-port */
import { EventEmitter } from 'node:events';

const port = new EventEmitter();
// As Electron does: what comes before anybody listens is kept.
port.on('newListener', (name) => {
  if (name !== 'message' || port.listenerCount('message') > 0) return;
  process.on('message', (data) => port.emit('message', { data, ports: [] }));
});
process.on('disconnect', () => port.emit('close'));
const send = process.send?.bind(process);
Object.assign(process, {
  parentPort: Object.assign(port, { postMessage: (message: unknown) => send?.(message) }),
});
// Electron's utility process has no line of Node's kind.
Object.defineProperty(process, 'send', { value: undefined });
