/** What main registered: handlers of schemes and of calls. */
type SchemeHandler = (request: Request) => Response | Promise<Response>;
type InvokeHandler = (event: unknown, ...words: unknown[]) => unknown;

export const schemes = new Map<string, SchemeHandler>();
export const invokeHandlers = new Map<string, InvokeHandler>();

/** The world outside cannot be reached from here. */
export async function requestThroughScheme(url: string, method = 'GET'): Promise<Response> {
  const handler = schemes.get(new URL(url).protocol.slice(0, -1));
  return handler ? await handler(new Request(url, { method })) : new Response('', { status: 404 });
}
