import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { aBridge, aRecord, delivered } from '../../support/cli/a-bridge.ts';

/** A file of intake's log lines, among lines that are none of them. */
async function aLog(calls: Record<string, unknown>[]) {
  const directory = await mkdtemp(join(tmpdir(), 'userlike-lime-test-'));
  const file = join(directory, 'run.log');
  const lines = calls.map((call, index) =>
    JSON.stringify({
      level: 'INFO',
      message: 'call accepted',
      timestamp: new Date().toISOString(),
      callId: `call-${index + 1}`,
      organization: '108905',
      ...call,
    }),
  );
  await writeFile(file, ['> npm start', ...lines, '{"message":"delivered","conversation":"1"}'].join('\n'));
  return { file, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

describe('reconcile', () => {
  it('finds every accepted conversation, and exits with 0', async () => {
    await using bridge = await aBridge();
    await using log = await aLog([
      { conversations: ['1', '2', '3', '4'] },
      { conversations: ['1'] },
      { conversations: ['9'], organization: '7' },
    ]);
    await bridge.settle('1', delivered);
    await bridge.settle('2', { outcome: 'parked', object: undefined, reason: 'refused', confirmed: true });
    await bridge.put(bridge.dlqUrl, aRecord(3));
    await bridge.put(bridge.interactiveQueueUrl, aRecord(4));
    const { code, stdout, stderr } = await bridge.cli('reconcile', '--log', log.file);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'ORGANIZATION  ACCEPTED  CALLS  DELIVERED  PARKED  QUEUED  MISSING',
      '108905               4      2          1       2       1        0',
      '7                    1      1          0       0       1        0',
      '',
      '1 of the parked not in the DLQ: dropped, or resent and not tried yet',
      '5 conversations in 3 calls',
      'accepted 5 = delivered 1 + parked 2 + queued 2',
    ]);
  });

  it('lists missing conversations, and exits with 1', async () => {
    await using bridge = await aBridge();
    const timestamp = new Date(Date.now() - 60_000).toISOString();
    await using log = await aLog([{ conversations: ['1'] }, { conversations: ['2', '1'], timestamp }]);
    await bridge.settle('1', delivered);
    const [text, json] = await Promise.all([
      bridge.cli('reconcile', '--log', log.file),
      bridge.cli('reconcile', '--log', log.file, '--json'),
    ]);

    expect(text).toMatchObject({ code: 1, stderr: '' });
    expect(text.stdout.split('\n').slice(3)).toEqual([
      'MISSING CONVERSATION  ORGANIZATION  ACCEPTED AT           CALL',
      `2                     108905        ${timestamp.slice(0, 19)}Z  call-2`,
      '',
      '2 conversations in 2 calls',
      'accepted 2 = delivered 1 + parked 0 + queued 0 + missing 1',
    ]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      accepted: 2,
      missing: 1,
      missingConversations: [
        { organization: '108905', conversation: '2', callId: 'call-2', acceptedAt: timestamp, calls: 1 },
      ],
    });
  });

  it('can be limited to a time window and an organization', async () => {
    await using bridge = await aBridge();
    const at = (hours: number) => ({ timestamp: new Date(Date.now() - hours * 3_600_000).toISOString() });
    await using log = await aLog([
      { conversations: ['1'], ...at(1) },
      { conversations: ['2'], ...at(3) },
      { conversations: ['3'], ...at(3), organization: '7' },
      { conversations: ['4'], ...at(5) },
    ]);
    const window = ['--since', '4h', '--until', '2h', '--organization', '108905'];
    const { stdout } = await bridge.cli('reconcile', '--log', log.file, ...window);

    expect(stdout).toMatch(/\n2 {21}108905 [\s\S]*\naccepted 1 = delivered 0 \+ parked 0 \+ queued 0 \+ missing 1$/);
  });

  it('reports lines without conversations, and a window without calls', async () => {
    await using bridge = await aBridge();
    await using log = await aLog([{ accepted: 1 }]);
    const { code, stdout, stderr } = await bridge.cli('reconcile', '--log', log.file);

    expect([code, stdout]).toEqual([0, '0 conversations in 0 calls\naccepted 0 = delivered 0 + parked 0 + queued 0']);
    expect(stderr.split('\n')).toEqual([
      '1 line of accepted calls name no conversations and are not counted',
      expect.stringMatching(/^no call was accepted between 20\S+Z and 20\S+Z$/),
    ]);
  });

  it('reads more conversations from the ledger than one request can hold', async () => {
    await using bridge = await aBridge();
    const ids = Array.from({ length: 101 }, (_, index) => String(index + 1));
    await using log = await aLog([{ conversations: ids }]);
    await Promise.all(ids.map((id) => bridge.settle(id, delivered)));
    const { stdout } = await bridge.cli('reconcile', '--log', log.file);

    expect(stdout).toMatch(/\naccepted 101 = delivered 101 \+ parked 0 \+ queued 0$/);
  });
});
