import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { portToParent } from './trainer-port.node.ts';

const host = process as { parentPort?: unknown };
afterEach(() => {
  delete host.parentPort;
  vi.restoreAllMocks();
});

test('under Electron, messages lie in data, and the process ends when the port closes', () => {
  const posted: unknown[] = [];
  const port = Object.assign(new EventEmitter(), { postMessage: (m: unknown) => posted.push(m) });
  host.parentPort = port;
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
  const heard: unknown[] = [];
  const post = portToParent((message) => heard.push(message));
  port.emit('message', { data: { type: 'pause' }, ports: [] });
  post({ type: 'done' });
  expect([heard, posted]).toEqual([[{ type: 'pause' }], [{ type: 'done' }]]);
  expect(exit).not.toHaveBeenCalled();
  port.emit('close');
  expect(exit).toHaveBeenCalledWith(0);
});

test('under Node, messages come from process itself', () => {
  const known = { message: process.listeners('message'), disconnect: process.listeners('disconnect') };
  const heard: unknown[] = [];
  portToParent((message) => heard.push(message));
  const added = process.listeners('message').filter((l) => !known.message.includes(l));
  for (const listener of added) listener({ type: 'stop' }, undefined);
  expect(heard).toEqual([{ type: 'stop' }]);
  for (const listener of added) process.off('message', listener);
  for (const listener of process.listeners('disconnect'))
    if (!known.disconnect.includes(listener)) process.off('disconnect', listener);
});
