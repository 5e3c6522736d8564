/** Where calls go: Electron's preload, or the WebSocket of the host that served this page. */
import { AppError } from '../src/base/errors.ts';
import type { Answers, Bridge, CallArgument, CallName } from '../src/services/contract.ts';
import { connectWebBridge } from '../src/services/web-bridge.ts';
import { useApp } from './state/app.ts';

declare global {
  interface Window {
    readonly stemma?: Bridge;
  }
}

function openBridge(): Bridge {
  if (window.stemma) return window.stemma;
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  return connectWebBridge(`ws://${location.host}/socket`, token, WebSocket, (connection) =>
    useApp.setState({ connection }),
  );
}

let opened: Bridge | undefined;
/** Opened by the first call, so that what only imports this needs no window. */
const line = () => (opened ??= openBridge());

export const bridge: Bridge = {
  call: (name, argument) => line().call(name, argument),
  on: (name, listener) => line().on(name, listener),
};

/** @throws AppError with the host's words */
export async function call<K extends CallName>(name: K, argument: CallArgument<K>): Promise<Answers[K]> {
  const answer = await bridge.call(name, argument);
  if (answer.ok) return answer.value;
  const { code, message, hint } = answer.error;
  throw new AppError(code, message, hint === null ? {} : { hint });
}
