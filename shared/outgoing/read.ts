import { ResponseTooLargeError } from '../errors.ts';
import type { OutgoingResponse } from './send.ts';

/**
 * The bytes of a response, decoded by its Content-Encoding. Throws ResponseTooLargeError above `maxBytes`, without
 * reading further.
 */
export async function readAtMost({ body }: Pick<OutgoingResponse, 'body'>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new ResponseTooLargeError(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
