import { describe, expect, it } from '@jest/globals';
import { send } from '../../../tools/fuzz/send.ts';
import { aServer, type Reply } from '../../support/a-server.ts';

const call = { kind: 'payload', method: 'POST', path: '*', headers: {}, body: Buffer.from('{}'), allowed: [200, 400] };
const lists = { accepted: [], rejected: [], ignored: [], callId: 'c' };
const problem = { 'content-type': 'application/problem+json' };

async function violationOf(reply: Reply) {
  await using server = await aServer(reply);
  return (await send(`${server.origin}/108905`, 1, call)).violation;
}

describe('the response to a hostile call', () => {
  it.each<{ title: string; reply: Reply }>([
    { title: 'has the lists of a 200', reply: { json: lists } },
    { title: 'is a problem', reply: { status: 400, json: { status: 400 }, headers: problem } },
  ])('keeps the contract if it $title', async ({ reply }) => {
    expect(await violationOf(reply)).toBeUndefined();
  });

  it.each<{ title: string; reply: Reply; violation: RegExp }>([
    {
      title: 'has a status that is not allowed',
      reply: { status: 500 },
      violation: /^status 500 instead of 200, 400$/,
    },
    { title: 'lacks the lists of a 200', reply: { json: { accepted: [] } }, violation: /lacks the lists/ },
    { title: 'is not JSON', reply: { text: '<h1>' }, violation: /not a JSON object/ },
    { title: 'is not a problem', reply: { status: 400, json: {} }, violation: /not a problem/ },
    {
      title: 'is a problem of another status',
      reply: { status: 400, json: { status: 422 }, headers: problem },
      violation: /another status/,
    },
    { title: 'never comes', reply: (request) => request.socket.destroy(), violation: /^no response: fetch failed/ },
  ])('breaks the contract if it $title', async ({ reply, violation }) => {
    expect(await violationOf(reply)).toMatch(violation);
  });
});
