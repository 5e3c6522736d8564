/** The line to whoever started this process: Node's own (child_process.fork), or Electron's utilityProcess. */

/** https://www.electronjs.org/docs/latest/api/parent-port */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
}

/** Returns what sends. This process ends when the line does. */
export function portToParent(onMessage: (message: unknown) => void): (message: unknown) => void {
  const { parentPort } = process as { parentPort?: ParentPort };
  const end = () => process.exit(0);
  if (parentPort) {
    parentPort.on('message', ({ data }) => onMessage(data));
    parentPort.on('close', end);
    return (message) => parentPort.postMessage(message);
  }
  process.on('message', onMessage);
  process.on('disconnect', end);
  return (message) => process.send?.(message);
}
