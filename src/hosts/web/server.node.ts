/** The web host: the page and its line on a loopback address. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from '../../services/contract.ts';
import type { ServiceOptions, Services } from '../../services/host.ts';
import { createServices } from '../../services/services.node.ts';
import { type Line, serveLine } from './line.node.ts';
import { serveStatic } from './static.node.ts';

export interface WebHostOptions
  extends Pick<ServiceOptions, 'version' | 'fork' | 'stateHome' | 'documentsFolder' | 'runsHome'> {
  /** Folder of the built page. */
  readonly root: string;
  /** 0: any that is free. */
  readonly port?: number;
  /** Address to listen at; loopback where not given. */
  readonly address?: string;
  /** A new one where not given. */
  readonly token?: string;
  /** A drawing that the first page opens. */
  readonly open?: string;
}

export interface WebHost {
  /** With the token. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly services: Services;
  /** To every page that is in. */
  readonly broadcast: ServiceOptions['broadcast'];
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

export const isLoopback = (address: string) => /^(127\.|::1$|localhost$)/.test(address);
const isEverywhere = (address: string) => address === '0.0.0.0' || address === '::';
const inUrl = (address: string) => (address.includes(':') ? `[${address}]` : address);

/** How a browser may call what listens at an address: every name and number of this machine where it is all of them. */
export function namesOf(address: string, port: number): Set<string> {
  const known = [inUrl(address)];
  const everywhere = isEverywhere(address);
  if (everywhere || isLoopback(address)) known.push(LOOPBACK, 'localhost', '[::1]');
  if (everywhere) {
    known.push(hostname());
    for (const found of Object.values(networkInterfaces()).flat())
      if (found) known.push(inUrl(found.address));
  }
  // A browser leaves out the port that HTTP has anyway.
  return new Set(
    known.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])].map((n) => n.toLowerCase())),
  );
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** @throws what listening throws: the port is taken, the address is none of this machine's */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { root, address = LOOPBACK } = options;
  const { token = randomBytes(32).toString('base64url') } = options;
  const lines = new Set<Line>();
  const broadcast: WebHost['broadcast'] = (name, value) => {
    for (const line of lines) line.emit(name, value);
  };
  const services = createServices({ ...options, ...{ host: 'web', ui: null, broadcast } });
  let first = options.open;
  let names = new Set<string>();
  // DNS rebinding: a foreign name that leads here must not be served.
  const isOurs = ({ headers }: IncomingMessage) => names.has((headers.host ?? '').toLowerCase());

  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 }, (request, response) => {
    if (!isOurs(request)) {
      response
        .writeHead(421, { 'Content-Type': 'text/plain' })
        .end('This is not the host that you asked for.');
      return;
    }
    void serveStatic(root, request, response);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!isOurs(request)) return refuse(socket, '421 Misdirected Request');
    if (request.headers.origin?.toLowerCase() !== `http://${request.headers.host?.toLowerCase()}`)
      return refuse(socket, '403 Forbidden');
    if (request.url !== '/socket') return refuse(socket, '404 Not Found');
    sockets.handleUpgrade(request, socket, head, (line) =>
      serveLine(line, socket, {
        token,
        services,
        onIn(made, caller) {
          lines.add(made);
          if (first !== undefined) services.openFirst(caller, first);
          first = undefined;
        },
        onGone: (made) => void lines.delete(made),
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, address, resolve);
  });
  const { port } = server.address() as AddressInfo;
  names = namesOf(address, port);
  return {
    // No browser needs to know what '0.0.0.0' is.
    url: `http://${isEverywhere(address) ? LOOPBACK : inUrl(address)}:${port}/#token=${token}`,
    port,
    token,
    services,
    broadcast,
    async close() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
