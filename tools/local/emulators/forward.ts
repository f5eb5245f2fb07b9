import type { AwsService } from './service.ts';

/** Headers of one connection, and those that no longer fit a body that fetch has read. */
const OF_THE_CONNECTION = new Set(['connection', 'content-encoding', 'content-length', 'expect', 'host', 'keep-alive']);

/** A service that another emulator answers. */
export function createForward(endpoint: string): AwsService {
  return {
    answer: async ({ path, headers, body }) => {
      const response = await fetch(new URL(path, endpoint), {
        method: 'POST',
        headers: Object.fromEntries(
          Object.entries(headers).flatMap(([name, value]) =>
            value === undefined || OF_THE_CONNECTION.has(name) ? [] : [[name, String(value)]],
          ),
        ),
        body: new Uint8Array(body),
      });
      return {
        status: response.status,
        headers: Object.fromEntries([...response.headers].filter(([name]) => !OF_THE_CONNECTION.has(name))),
        body: await response.text(),
      };
    },
    close: async () => {},
  };
}
