import { ResponseTooLargeError } from '../errors.ts';

/**
 * The bytes of an answer, decoded as its Content-Encoding says. Throws ResponseTooLargeError, and reads no further, where they
 * are more than `maxBytes`.
 */
export async function readAtMost({ body }: Pick<Response, 'body'>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new ResponseTooLargeError(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
