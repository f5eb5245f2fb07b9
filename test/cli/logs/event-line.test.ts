import { expect, it } from '@jest/globals';
import { eventLine, skipRepeatedLinks } from '../../../cli/logs/event-line.ts';
import { readLogLine } from '../../../cli/logs/log-line.ts';

const ids = { timestamp: '2026-11-22T10:00:00.123Z', organization: '108905', conversation: '63741936' };

/** The readable form of a log line, without its first columns. */
function told(fields: Record<string, unknown>): string | undefined {
  const line = readLogLine(JSON.stringify({ level: 'INFO', ...ids, ...fields }));
  if (line === undefined) throw new Error('no log line');
  return eventLine(line)?.text.split(/ {2,}/).at(-1);
}

it('a line has the time, the organization, the conversation and what happened', () => {
  const line = { level: 'INFO', ...ids, message: 'delivered', outcome: 'created', limeobject: 1002, seconds: 1.234 };

  expect(eventLine(line)).toEqual({
    text: '2026-11-22T10:00:00Z  108905    63741936    created limeobject 1002 after 1.2 s',
    colour: 'green',
  });
});

it.each([
  {
    fields: { message: 'call accepted', conversation: undefined, conversations: ['1', '2'], accepted: 2, rejected: 0 },
    text: 'accepted 2 conversations',
  },
  {
    fields: {
      message: 'call accepted',
      conversation: undefined,
      conversations: ['1'],
      accepted: 1,
      rejected: 2,
      ignored: 3,
      paths: ['id', 'transcript.0.sent_at'],
    },
    text: 'accepted 1 conversation, rejected 2 (id, transcript.0.sent_at), ignored 3',
  },
  { fields: { message: 'call refused', status: 401, reason: 'no key' }, text: 'call refused with 401: no key' },
  {
    fields: { message: 'call failed', status: 500, error: 'RangeError', code: 'E', at: 'x.js:1' },
    text: 'call failed with 500: RangeError E x.js:1',
  },
  { fields: { message: 'weak keys', paths: ['key'] }, text: 'weak keys in the add-on secret: key' },
  { fields: { message: 'delivered', outcome: 'unchanged', seconds: 75 }, text: 'unchanged after 1m 15s' },
  {
    fields: { message: 'retrying', receiveCount: 2, retryInSeconds: 12.4, reason: 'POST was answered 503' },
    text: 'try 2 failed, next in 12 s: POST was answered 503',
  },
  {
    fields: { message: 'retrying', step: 'start', receiveCount: 2, retryInSeconds: 0, reason: 'no time' },
    text: 'not tried, next in 0 s: no time',
  },
  { fields: { message: 'parked', step: 'note', reason: 'answered 422' }, text: 'parked at note: answered 422' },
  {
    fields: { message: 'lime cannot be asked', records: 1, reason: 'no secret' },
    text: '1 record not tried: no secret',
  },
  {
    fields: { message: 'record failed', error: 'TimeoutError', retryInSeconds: 5 },
    text: 'not delivered, next in 5 s: TimeoutError',
  },
  {
    fields: { message: 'ledger not settled', error: 'TimeoutError' },
    text: 'parked, but the ledger does not say so: TimeoutError',
  },
  { fields: { message: 'link opened', state: 'queued' }, text: 'link opened: queued' },
  { fields: { message: 'link refused', status: 503 }, text: 'link refused with 503: unknown' },
  { fields: { message: 'link failed', error: 'RangeError' }, text: 'link failed: RangeError' },
  { fields: { message: 'something new' }, text: 'something new' },
  { fields: { message: 'link opened', state: '\u001b[31mred\n' }, text: 'link opened: \\u001b[31mred\\u000a' },
])('the line "$fields.message" reads "$text"', ({ fields, text }) => {
  expect(told(fields)).toBe(text);
});

it('metrics are no events, and neither is what is not JSON', () => {
  expect(eventLine({ BudgetUsed: 4 })).toBeUndefined();
  expect(['starting', '{"half', '7'].map(readLogLine)).toEqual([undefined, undefined, undefined]);
});

it('a link page that asks again is one line for each state', () => {
  const isNew = skipRepeatedLinks();
  const opened = (conversation: string, state: string) => ({ message: 'link opened', conversation, state });
  const lines = [
    opened('1', 'queued'),
    opened('1', 'queued'),
    opened('2', 'queued'),
    { message: 'delivered', conversation: '1' },
    { message: 'delivered', conversation: '1' },
    opened('1', 'delivered'),
    opened('1', 'delivered'),
  ];

  expect(lines.map(isNew)).toEqual([true, false, true, true, true, true, false]);
});
