import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { aBridge, aLimeobject, aRecord } from '../../support/cli/a-bridge.ts';
import { documentedExample } from '../../support/conversations.ts';

const reason = 'POST /api/v1/limeobject/helpdesk/ was answered 422';
const Records = z.array(z.looseObject({ id: z.string(), conversation: z.string().nullable(), reason: z.string() }));

async function listed(bridge: Awaited<ReturnType<typeof aBridge>>, ...filter: string[]) {
  const { code, stdout } = await bridge.cli('failed', 'list', '--json', ...filter);
  expect(code).toBe(0);
  return Records.parse(JSON.parse(stdout));
}

describe('failed list', () => {
  it('is a table of parked records, of records that SQS moved itself, and of foreign ones', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.moveBySqs(aRecord(8, '7'));
    await bridge.put(bridge.dlqUrl, 'not one of ours');
    const { code, stdout } = await bridge.cli('failed', 'list');

    const uuid = '[0-9a-f-]{36}';
    const [head, ...rows] = stdout.split('\n');
    expect(code).toBe(0);
    expect(head).toMatch(/^ID +AGE {2}ORGANIZATION {2}CONVERSATION {2}STEP +STATUS {2}RECEIVES {2}REASON$/);
    expect(rows.slice(0, 3)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^${uuid} +\\ds {2}108905 +7 +object {2}422 +0 {2}${reason}$`)),
        expect.stringMatching(new RegExp(`^${uuid} +\\ds {2}7 +8 +- +- +\\d {2}received too often$`)),
        expect.stringMatching(
          new RegExp(
            `^${uuid} +\\ds {2}- +- +- +- +0 {2}received too often; not a record of version 1: the whole: .+$`,
          ),
        ),
      ]),
    );
    expect(rows.slice(3)).toEqual(['', '3 records']);
  });

  it('shows every record once, and leaves the DLQ as it is', async () => {
    await using bridge = await aBridge();
    const ids = Array.from({ length: 25 }, (_, index) => index + 1);
    await Promise.all(ids.map((id) => bridge.park(id)));
    const records = await listed(bridge);

    expect(records.map(({ conversation }) => Number(conversation)).sort((a, b) => a - b)).toEqual(ids);
    expect(await bridge.countsOf(bridge.dlqUrl)).toEqual({ visible: 25, hidden: 0, delayed: 0 });
    expect(await listed(bridge, '--conversation', '12')).toMatchObject([{ conversation: '12', receives: 1 }]);
  });
});

describe('failed show', () => {
  it("shows the record and the ledger's entry", async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.settle('7', { outcome: 'parked', object: aLimeobject, reason, confirmed: true });
    const { code, stdout } = await bridge.cli('failed', 'show', await bridge.firstId());

    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/: +/, 2))).toEqual([
      ['id', expect.any(String)],
      ['in SQS since', expect.stringMatching(/^20\S+Z \(\d+s\)$/)],
      ['organization', '108905'],
      ['conversation', '7'],
      ['call', 'call-7'],
      ['accepted at', '2026-11-22T10:00:00.000Z'],
      ['reason', reason],
      ['step', 'object'],
      ['status', '422'],
      ['limetype', 'helpdesk'],
      ['lane', 'bulk'],
      ['receives', '1'],
      ['size', `${Buffer.byteLength(aRecord(7))} bytes`],
      ['ledger', 'parked'],
      ['ledger reason', reason],
      ['limeobject', 'helpdesk 1002 https://lime.example/1002'],
    ]);
    expect(await bridge.countsOf(bridge.dlqUrl)).toMatchObject({ visible: 1 });
  });

  it('shows the conversation only on request', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    const id = await bridge.firstId();
    const list = await bridge.cli('failed', 'list', '--json');
    const shown = await bridge.cli('failed', 'show', id, '--json');
    const asked = await bridge.cli('failed', 'show', id, '--content');

    expect(JSON.stringify([list, shown])).not.toMatch(/Erika|Hello, I have/);
    expect(JSON.parse(shown.stdout)).toMatchObject({ id, conversation: '7', ledger: null });
    expect(asked.stdout).toMatch(/ledger: +knows nothing of it\n\n\{\n[\s\S]*"Erika Beispiel"[\s\S]*\}$/);
  });

  it('reports a missing record, and that another reader may hold it', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.sqs.send(new ReceiveMessageCommand({ QueueUrl: bridge.dlqUrl, VisibilityTimeout: 30 }));
    const { code, stdout, stderr } = await bridge.cli('failed', 'show', 'x');

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toEqual([
      "about 1 of the DLQ's records are held by another reader and not shown",
      'userlike-lime: no record x in the DLQ: list its records with "failed list"',
    ]);
  });
});

describe('failed retry', () => {
  it('sends the unchanged body, and empties the DLQ', async () => {
    await using bridge = await aBridge();
    await Promise.all([7, 8].map((id) => bridge.park(id)));
    await bridge.put(bridge.dlqUrl, documentedExample);
    const { code, stdout } = await bridge.cli('failed', 'retry', '--all', '--rate', '100');

    expect([code, stdout]).toEqual([0, 'sent 3 of 3 records']);
    expect(new Set(await bridge.bodiesIn(bridge.interactiveQueueUrl))).toEqual(
      new Set([aRecord(7), aRecord(8), documentedExample]),
    );
    expect(await bridge.bodiesIn(bridge.dlqUrl)).toEqual([]);
  });

  it('sends only the selected records, and nothing with --dry-run', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.park(8, { reason: 'no instance takes a topic', step: 'plan' });
    const rehearsal = await bridge.cli('failed', 'retry', '--reason', 'ANSWERED 422', '--dry-run');
    expect(await bridge.countsOf(bridge.interactiveQueueUrl)).toMatchObject({ visible: 0 });
    const real = await bridge.cli('failed', 'retry', '--reason', 'ANSWERED 422');

    expect(rehearsal).toMatchObject({ code: 0, stdout: expect.stringMatching(/ 7 .*\n\nwould send 1 record$/) });
    expect(real).toMatchObject({ code: 0, stdout: 'sent 1 of 1 record' });
    expect(await bridge.bodiesIn(bridge.interactiveQueueUrl)).toEqual([aRecord(7)]);
    expect(await bridge.bodiesIn(bridge.dlqUrl)).toEqual([aRecord(8)]);
  });

  it('sends many records to the bulk lane, so that operators do not wait behind them', async () => {
    await using bridge = await aBridge();
    await Promise.all(Array.from({ length: 11 }, (_, index) => bridge.park(index + 1, { lane: 'interactive' })));
    const { stdout } = await bridge.cli('failed', 'retry', '--all', '--rate', '100');

    expect(stdout).toBe('sent 11 of 11 records');
    expect(await bridge.countsOf(bridge.queueUrl)).toMatchObject({ visible: 11 });
    expect(await bridge.countsOf(bridge.interactiveQueueUrl)).toMatchObject({ visible: 0 });
  });

  it('keeps and reports records that the queue does not take', async () => {
    await using bridge = await aBridge();
    await Promise.all([7, 8, 9].map((id) => bridge.park(id)));
    await bridge.fault('SendMessage');
    const { code, stdout, stderr } = await bridge.cli('failed', 'retry', '--all', '--rate', '100');

    expect([code, stdout]).toEqual([1, 'sent 2 of 3 records; 1 could not be sent']);
    expect(stderr).toMatch(
      /^not sent: \S{36} \(organization 108905, conversation \d\): the queue did not take it: AWS: AccessDenied: .+$/,
    );
    expect(await bridge.bodiesIn(bridge.dlqUrl)).toHaveLength(1);
    expect(await bridge.bodiesIn(bridge.interactiveQueueUrl)).toHaveLength(2);
  });

  it('stops if the queue takes nothing, with every record still in the DLQ', async () => {
    await using bridge = await aBridge();
    await Promise.all(Array.from({ length: 12 }, (_, index) => bridge.park(index + 1)));
    await bridge.fault('SendMessage', 100);
    const { code, stdout } = await bridge.cli('failed', 'retry', '--all', '--rate', '100');

    expect([code, stdout]).toEqual([1, 'sent 0 of 12 records; 10 could not be sent; 2 not tried']);
    expect(await bridge.countsOf(bridge.dlqUrl)).toMatchObject({ visible: 12, hidden: 0 });
  });

  it('deletes only after sending, so that a failure in between sends twice and loses nothing', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.fault('DeleteMessage');
    const { code, stderr } = await bridge.cli('failed', 'retry', '--all');

    expect(code).toBe(1);
    expect(stderr).toContain('the queue has it, but the DLQ could not delete it');
    expect(await bridge.bodiesIn(bridge.interactiveQueueUrl)).toEqual([aRecord(7)]);
    expect(await bridge.bodiesIn(bridge.dlqUrl)).toEqual([aRecord(7)]);
  });

  it('puts back the held records when it is interrupted', async () => {
    await using bridge = await aBridge();
    await Promise.all([7, 8, 9].map((id) => bridge.park(id)));
    const retry = bridge.start('failed', 'retry', '--all', '--rate', '0.1');
    const inDlq = async (): Promise<number> => {
      const { visible, hidden } = await bridge.countsOf(bridge.dlqUrl);
      return visible + hidden;
    };
    let isOver = false;
    retry.ended.then(() => {
      isOver = true;
    });
    while ((await inDlq()) > 2 && !isOver);
    retry.signal('SIGINT');

    expect(await retry.ended).toEqual({
      code: 1,
      stdout: '',
      stderr: 'userlike-lime: interrupted: sent 1 of 3 records, the others are in the DLQ',
    });
    expect(await bridge.countsOf(bridge.dlqUrl)).toEqual({ visible: 2, hidden: 0, delayed: 0 });
  });

  it('reports ids that the DLQ does not have', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    const id = await bridge.firstId();

    expect(await bridge.cli('failed', 'retry', '--id', 'x', id)).toEqual({
      code: 1,
      stdout: 'sent 1 of 1 record',
      stderr: 'no such record in the DLQ: x',
    });
  });
});

describe('failed drop', () => {
  it('deletes one record', async () => {
    await using bridge = await aBridge();
    await Promise.all([7, 8].map((id) => bridge.park(id)));
    const id = await bridge.firstId();
    const [dropped, kept] = await bridge.bodiesIn(bridge.dlqUrl);
    const { code, stdout } = await bridge.cli('failed', 'drop', id, '--yes');

    expect(dropped).not.toBe(kept);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^dropped ${id} \\(organization 108905, conversation [78]\\)$`));
    expect(await bridge.bodiesIn(bridge.dlqUrl)).toEqual([kept]);
    expect(await bridge.bodiesIn(bridge.interactiveQueueUrl)).toEqual([]);
  });
});
