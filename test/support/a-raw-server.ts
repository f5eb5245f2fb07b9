import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import * as z from 'zod';

const Port = z.object({ port: z.number() });

/** A server that does anything with the bytes of a connection; `received` has what came, one text for each part. */
export async function aRawServer(onData: (socket: Socket) => void) {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received.push(bytes.toString());
      onData(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${Port.parse(server.address()).port}`,
    received,
    connections: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
