/**
 * The bare server that the product is compared with: takes calls, responds at once and sends the same requests to the
 * same sandbox. It has no queue, no ledger and no budget, and it forgets everything when it ends. Its parent gives it the
 * requests and hears of each call that is done.
 */
import { Agent, createServer, request } from 'node:http';
import * as z from 'zod';

const Sent = z.looseObject({
  method: z.string(),
  path: z.string(),
  search: z.string(),
  body: z.unknown().optional(),
});
const Work = z.object({
  sandboxUrl: z.url(),
  apiKey: z.string(),
  /** The requests of one conversation: look-ups, limeobject, note. */
  requests: z.array(Sent),
  /** Conversations that share their look-ups. */
  batch: z.int(),
});

/** Conversations that are sent to Lime at the same time, as many as the product may. */
const AT_ONCE = 40;

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const work = Promise.withResolvers<z.infer<typeof Work>>();
process.on('message', (message) => work.resolve(Work.parse(message)));
process.on('disconnect', () => process.exit());

const server = createServer((call, response) => {
  const chunks: Buffer[] = [];
  call.on('data', (chunk: Buffer) => chunks.push(chunk));
  call.on('end', async () => {
    if (call.headers['x-api-key'] !== 'local-addon-key') return response.writeHead(401).end();
    const conversations = [JSON.parse(Buffer.concat(chunks).toString())].flat();
    const accepted = conversations.map(({ id }: { id: number }) => ({ id, url: `http://127.0.0.1/${id}` }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ accepted }));
    const { batch } = await work.promise;
    for (let at = 0; at < conversations.length; at += batch) await deliver(conversations.slice(at, at + batch));
    process.send?.({ done: conversations.length });
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));

async function deliver(conversations: unknown[]): Promise<void> {
  const { requests } = await work.promise;
  const lookups = requests.filter(({ method }) => method === 'GET');
  const writes = requests.filter(({ method }) => method !== 'GET');
  await Promise.all(lookups.map(send));
  await Promise.all(
    conversations.map(async () => {
      for (const write of writes) await send(write);
    }),
  );
}

async function send({ method, path, search, body }: z.infer<typeof Sent>): Promise<void> {
  const { sandboxUrl, apiKey } = await work.promise;
  const text = body === undefined ? undefined : JSON.stringify(body);
  await new Promise<void>((resolve, reject) => {
    const sent = request(`${sandboxUrl}${path}${search === '' ? '' : `?${search}`}`, {
      agent,
      method,
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    });
    sent.on('response', (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        answer += part;
      });
      response.on('end', () => {
        JSON.parse(answer);
        if ((response.statusCode ?? 500) < 300) resolve();
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
