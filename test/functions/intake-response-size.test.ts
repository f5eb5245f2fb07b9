import { describe, expect, it } from '@jest/globals';
import { conversationUrl } from '../../shared/http/link/conversation-url.ts';
import { jsonResponse, limitLists } from '../../shared/http/responses.ts';
import { anIntake } from '../support/intake/intake-calls.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const carriedByLambda = 6_291_456;

function bytesOf(answer: object): number {
  return Buffer.byteLength(JSON.stringify(answer));
}

/** So many of an entry behind each other, written out: JSON.stringify cannot write 1e999. */
function listOf(entry: string, count: number, first = ''): string {
  return `[${[...(first ? [first] : []), ...Array.from({ length: count }, () => entry)].join(',')}]`;
}

const broken = `{"id":1e999,"organization_id":1e999,"transcript":[${Array(5).fill('{"sent_at":"x"}').join(',')}]}`;
const noise = `{"_type":"${'\\u0001'.repeat(64)}","_event":"${'\\"'.repeat(64)}"}`;

describe('an answer', () => {
  it.each([
    {
      title: 'to 9,999 broken conversations beside a good one',
      body: listOf(broken, 9_999, '{"id":7}'),
      status: 200,
      list: 'rejected',
      more: 'moreRejected',
      of: 9_999,
    },
    {
      title: 'to 10,000 broken conversations',
      body: listOf(broken, 10_000),
      status: 422,
      list: 'rejected',
      more: 'moreRejected',
      of: 10_000,
    },
    {
      title: 'to 9,000 other things with control characters and quotation marks',
      body: listOf(noise, 9_000, '{"id":7}'),
      status: 200,
      list: 'ignored',
      more: 'moreIgnored',
      of: 9_000,
    },
  ])('fits into Lambda $title, and says how many it does not list', async ({ body, status, list, more, of }) => {
    const answer = await anIntake().call({ body });
    const { [list]: listed, [more]: left } = answer.body;

    expect(answer.status).toBe(status);
    expect(bytesOf({ ...answer, body: answer.text })).toBeLessThan(carriedByLambda);
    expect(listed).toEqual(expect.arrayContaining([expect.objectContaining({ index: expect.any(Number) })]));
    expect([listed].flat().length + Number(left)).toBe(of);
    expect(left).toBeGreaterThan(0);
  });

  it('fits with the longest 10,000 links, and both other lists full', () => {
    const id = '9'.repeat(32);
    const origin = `https://${'h'.repeat(253)}`;
    const url = conversationUrl(origin, 'l'.repeat(16), 'o'.repeat(64), id);
    const accepted = Array.from({ length: 10_000 }, () => ({ id, url }));
    const lists = limitLists({
      rejected: Array.from({ length: 10_000 }, (_, index) => ({
        index,
        errors: [{ path: '"'.repeat(99), message: 'm' }],
      })),
      ignored: Array.from({ length: 10_000 }, (_, index) => ({ index, type: '\u0001'.repeat(64) })),
    });

    expect(bytesOf(jsonResponse(200, { accepted, ...lists, callId: 'c'.repeat(36) }))).toBeLessThan(carriedByLambda);
  });

  it('says nothing of more where everything is listed', async () => {
    const { body } = await anIntake().call({ body: '[{"id":7},{"id":0},{"_type":"operator"}]' });

    expect(body).toMatchObject({ rejected: [{ index: 1 }], ignored: [{ index: 2 }] });
    expect(body).not.toHaveProperty('moreRejected');
    expect(body).not.toHaveProperty('moreIgnored');
  });
});
