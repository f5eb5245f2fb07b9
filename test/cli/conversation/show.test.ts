import { describe, expect, it } from '@jest/globals';
import { aBridge, aLimeobject, delivered } from '../../support/cli/a-bridge.ts';

const reason = 'POST /api/v1/limeobject/helpdesk/ was answered 422';
const timestamp = new Date().toISOString();

function line(service: string, message: string, more: Record<string, unknown>) {
  return { level: 'INFO', timestamp, service, message, organization: '108905', ...more };
}

/** The first lines as pairs of name and value. */
function fieldsIn(stdout: string): Record<string, string> {
  return Object.fromEntries(
    [...stdout.matchAll(/^([a-zA-Z ]+): +(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

describe('show', () => {
  it('tells what became of a parked conversation, what happened, and what to do', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.settle('7', { outcome: 'parked', object: aLimeobject, reason, confirmed: true });
    await bridge.log([
      line('intake', 'call accepted', { conversations: ['7'], accepted: 1 }),
      line('mapper', 'retrying', { conversation: '7', receiveCount: 1, retryInSeconds: 5, reason: 'answered 503' }),
      line('mapper', 'parked', { conversation: '7', step: 'object', reason }),
      line('mapper', 'parked', { conversation: '77', step: 'object', reason }),
    ]);
    const { code, stdout } = await bridge.cli('show', '7');

    expect(code).toBe(1);
    expect(fieldsIn(stdout)).toMatchObject({
      conversation: '7',
      organization: '108905',
      state: 'parked',
      reason,
      'failed tries': '1',
      limeobject: 'helpdesk 1002 https://lime.example/1002',
      'in the DLQ': expect.stringMatching(/^1 record, since /),
    });
    const told = stdout.split('\n').filter((text) => text.startsWith('20'));
    expect(told.map((text) => text.split(/ {2,}/).at(-1))).toEqual([
      'accepted 1 conversation',
      'try 1 failed, next in 5 s: answered 503',
      `parked at object: ${reason}`,
    ]);
    expect(stdout).toMatch(/Next: The limeobject exists\. mend the reason .*, then npx userlike-lime failed retry 7$/);
    expect(await bridge.countsOf(bridge.dlqUrl)).toMatchObject({ visible: 1 });
  });

  it('tells that Lime has a conversation', async () => {
    await using bridge = await aBridge();
    await bridge.settle('7', delivered);
    const { code, stdout } = await bridge.cli('show', '7', '--organization', '108905');

    expect(code).toBe(0);
    expect(fieldsIn(stdout)).toMatchObject({ state: 'delivered', Next: 'nothing, Lime has it.' });
  });

  it('offers to drop what has been delivered since', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.deliver('7', 'a later call');
    const { stdout } = await bridge.cli('show', '7');

    expect(fieldsIn(stdout)).toMatchObject({
      state: 'delivered',
      Next: 'Lime has all of it. npx userlike-lime failed drop 7 --yes',
    });
  });

  it('says of a parked conversation that has left the DLQ what may have become of it', async () => {
    await using bridge = await aBridge();
    await bridge.settle('7', { outcome: 'parked', object: undefined, reason, confirmed: true });
    const { stdout } = await bridge.cli('show', '7', '--organization', '108905');

    expect(fieldsIn(stdout)).toMatchObject({ Next: expect.stringMatching(/^its record is not in the DLQ any more\./) });
  });

  it('tells when the next try is', async () => {
    await using bridge = await aBridge();
    const nextTryAt = Date.now() + 600_000;
    await bridge.settle('7', { outcome: 'retrying', object: undefined, reason, nextTryAt, confirmed: true });
    const { stdout } = await bridge.cli('show', '7', '--organization', '108905');

    expect(fieldsIn(stdout)).toMatchObject({ state: 'retrying', 'next try': expect.stringMatching(/\(in 9m \d+s\)$/) });
  });

  it.each([
    { title: 'that nobody knows', args: ['7'], told: /give --organization, or an earlier --since$/ },
    { title: 'that is no number', args: ['seven'], told: /show: give the number of a conversation$/ },
  ])('explains a conversation $title', async ({ args, told }) => {
    await using bridge = await aBridge();

    expect((await bridge.cli('show', ...args)).stderr).toMatch(told);
  });

  it('says of an organization that it does not know the conversation', async () => {
    await using bridge = await aBridge();
    const { code, stdout } = await bridge.cli('show', '7', '--organization', '108905');

    expect(code).toBe(1);
    expect(fieldsIn(stdout)).toMatchObject({ state: 'unknown' });
  });

  it('prints JSON', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    const { stdout } = await bridge.cli('show', '7', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      ...{ organization: '108905', conversation: '7', state: 'parked', reason, link: null },
      records: [{ step: 'object', deliveredSince: false }],
      next: expect.stringContaining('failed retry 7'),
    });
  });
});
