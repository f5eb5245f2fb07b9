import { once } from 'node:events';
import { createServer } from 'node:http';
import * as z from 'zod';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

/** Quotes the first request whose method and decoded URL with body match in its response. */
export type Quote = { method: string; fits: RegExp; status: number; type?: string };

export type QuotingLime = {
  url: string;
  sandbox: Sandbox;
  quoted: string[];
  quote: (quote: Quote) => void;
} & AsyncDisposable;

const Port = z.object({ port: z.number() });

/** A sandbox behind a server that puts the whole request into some responses, as a bad Lime could. */
export async function aQuotingLime(): Promise<QuotingLime> {
  const sandbox = await startSandbox();
  const left: Quote[] = [];
  const quoted: string[] = [];
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const sent = `${decodeURIComponent(url.replaceAll('+', ' '))} ${body}`;
    const quote = left.find((candidate) => candidate.method === method && candidate.fits.test(sent));
    if (quote !== undefined) {
      left.splice(left.indexOf(quote), 1);
      quoted.push(sent);
      const { status, type = 'application/json' } = quote;
      const text = type === 'application/json' ? JSON.stringify({ message: sent, field: sent }) : `<h1>${sent}</h1>`;
      response
        .writeHead(status, { 'content-type': type, 'x-quoted': encodeURIComponent(sent).slice(0, 500) })
        .end(text);
      return;
    }
    const answer = await fetch(sandbox.origin + url, {
      method,
      headers: { 'x-api-key': String(headers['x-api-key']), 'content-type': 'application/json' },
      ...(body !== '' && { body }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${Port.parse(server.address()).port}/lime`,
    sandbox,
    quoted,
    quote: (quote) => left.push(quote),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await sandbox.close();
    },
  };
}
