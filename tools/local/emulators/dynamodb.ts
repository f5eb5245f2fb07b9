import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import dynalite from 'dynalite';
import type { AwsAnswer, AwsService } from './service.ts';

/** The methods of a response that dynalite calls. */
class Capture {
  statusCode = 200;
  readonly #headers: OutgoingHttpHeaders = {};
  readonly #done: (answer: AwsAnswer) => void;

  constructor(done: (answer: AwsAnswer) => void) {
    this.#done = done;
  }

  setHeader(name: string, value: string | number): void {
    this.#headers[name.toLowerCase()] = value;
  }

  end(body = ''): void {
    const { 'content-length': _, ...headers } = this.#headers;
    this.#done({ status: this.statusCode, headers, body });
  }
}

/**
 * DynamoDB by `dynalite`, without its own socket: its server throws when a client aborts a request, as killed mappers
 * do.
 * @param path keeps the tables in LevelDB. Default: in memory only
 */
export function createDynamodb(path?: string): AwsService {
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });
  return {
    answer: ({ path, headers, body }) =>
      new Promise((resolve) => {
        const request = Object.assign(Readable.from([body]), { method: 'POST', url: path, headers });
        server.emit('request', request, new Capture(resolve));
      }),
    close: async () => {},
  };
}
