import { once } from 'node:events';
import type { Server } from 'node:http';

/** The port is in use. The message says how to choose another. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

export type Listening = { url: string; port: number; close: () => Promise<void> };

const HOST = '127.0.0.1';

/** Listens on the loopback address. 0 takes any free port. Closing ends open connections. */
export async function listen(server: Server, port: number): Promise<Listening> {
  server.listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was expected');
  return {
    url: `http://${HOST}:${address.port}`,
    port: address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Starts something that listens. Throws PortInUseError if the port is in use. */
export async function onPort<T>(variable: string, port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
    const flag = `--${variable.toLowerCase().replaceAll('_', '-')}`;
    throw new PortInUseError(
      `Port ${port} is in use: choose another with ${variable} or ${flag}, or end what listens there.`,
    );
  }
}
