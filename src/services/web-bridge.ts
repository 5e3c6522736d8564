import type { Bridge } from './contract.ts';

export interface Socket {
  send(text: string): void;
}
export function connectWebBridge(
  _url: string,
  _token: string,
  _socket: unknown,
  _onStatus: (status: 'connected' | 'lost' | 'refused') => void,
): Bridge {
  return {
    call: async () => ({ ok: false, error: { code: 'host/gone', message: 'stub', hint: null } }),
    on: () => () => {},
  };
}
