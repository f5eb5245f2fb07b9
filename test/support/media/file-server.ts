import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { aPng } from './contents.ts';

export type Serving = (request: IncomingMessage, response: ServerResponse) => void;

const Port = z.object({ port: z.number() });

/** Serves a file for each path, and 404 for others. */
export async function aFileServer(paths: Record<string, Serving>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const serve = paths[path];
    if (serve === undefined) response.writeHead(404).end('no such file');
    else serve(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${Port.parse(server.address()).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function file(
  content: string | Buffer,
  headers: Record<string, string> = { 'content-type': 'image/png' },
): Serving {
  return (_request, response) => response.writeHead(200, headers).end(content);
}

export function redirectTo(location: string): Serving {
  return (_request, response) => response.writeHead(302, { location }).end('moved');
}

/** Serves one response after the other, and repeats the last one. */
export function inTurns(...servings: Serving[]): Serving {
  let at = 0;
  return (request, response) => {
    const serve = servings[Math.min(at, servings.length - 1)];
    at += 1;
    serve?.(request, response);
  };
}

export function status(code: number): Serving {
  return (_request, response) => response.writeHead(code).end();
}

export const reset: Serving = (request) => request.socket.resetAndDestroy();

/** Responds without ever ending. */
export const never: Serving = (_request, response) =>
  response.writeHead(200, { 'content-type': 'image/png' }).write('begins');

/** Sends bytes without a Content-Length, but no more than the client reads. */
export function endless(bytes: number): Serving {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    const chunk = Buffer.alloc(64 * 1024, aPng);
    let sent = 0;
    function go(): void {
      while (sent < bytes && !response.destroyed) {
        sent += chunk.byteLength;
        if (!response.write(chunk)) return void response.once('drain', go);
      }
      response.end();
    }
    go();
  };
}
