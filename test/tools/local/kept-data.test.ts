import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { runCli } from '../../support/cli/run-cli.ts';
import { aConversation } from '../../support/conversations.ts';
import { type Journey, startJourney } from '../../support/journey.ts';
import { startMain } from '../../support/run.ts';

const Addresses = z.object({
  queueUrl: z.url(),
  interactiveQueueUrl: z.url(),
  dlqUrl: z.url(),
  ledgerTable: z.string(),
});

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'userlike-lime-data-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function start(): Promise<Journey> {
  return startJourney({ variables: { TIME_SCALE: '0.02' }, flags: ['--data', directory] });
}

/** Ends a run as a power cut ends it for its processes. */
async function killed(journey: Journey): Promise<void> {
  journey.signal('SIGKILL');
  await journey.exited;
}

async function command(journey: Journey, ...args: string[]) {
  const found = Addresses.parse(await journey.log(({ message }) => message === 'addresses'));
  return runCli(args, {
    AWS_ENDPOINT_URL: journey.awsEndpoint,
    QUEUE_URL: found.queueUrl,
    INTERACTIVE_QUEUE_URL: found.interactiveQueueUrl,
    DLQ_URL: found.dlqUrl,
    LEDGER_TABLE: found.ledgerTable,
  });
}

describe('a run with --data that is killed', () => {
  it('still has its parked, waiting and delivered conversations, and delivers them after a retry', async () => {
    const first = await start();
    await first.send(aConversation({ id: 1 }));
    await first.ended(1);
    await first.faults([{ kind: 'error', status: 422, match: { method: 'POST', limetype: 'helpdesk' } }]);
    await first.send(aConversation({ id: 2 }));
    await first.ended(2);
    // Looking at a record puts it back, which must survive as well.
    await command(first, 'failed', 'list');
    await first.faults([{ kind: 'outage' }]);
    await first.send(aConversation({ id: 3 }));
    await first.log(({ message, conversation }) => message === 'retrying' && conversation === '3');
    await killed(first);

    await using second = await start();
    await second.ended(3);
    const listed = await command(second, 'failed', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([{ conversation: '2', status: 422, lane: 'interactive' }]);
    expect(await command(second, 'failed', 'retry', '--all')).toMatchObject({ stdout: 'sent 1 of 1 record' });
    await second.ended(2);
    await second.send(aConversation({ id: 1 }));
    expect(await second.ended(1)).toMatchObject({ outcome: 'unchanged' });

    const titles = (await second.helpdesks()).map(({ title }) => /#(\d)$/.exec(String(title))?.[1]);
    expect(titles.toSorted()).toEqual(['1', '2', '3']);
  });

  it('keeps the links that it has handed out', async () => {
    const first = await start();
    const { url = '' } = await first.send(aConversation({ id: 4 }));
    await first.ended(4);
    await killed(first);

    await using second = await start();
    const { pathname, search } = new URL(url);
    expect(await second.link(`${new URL(second.endpoint).origin}${pathname}${search}`)).toMatchObject({
      state: 'delivered',
    });
  });
});

it('a second run with the same directory is refused in one line, and changes nothing', async () => {
  await using first = await start();
  const before = await readdir(directory);
  const second = startMain({ variables: { PORT: '0', SANDBOX_PORT: '0' }, flags: ['--data', directory] });

  expect(await second.exited).toBe(1);
  expect(second.stderr()).toBe(
    `${directory} is in use by another run: end that run, or choose another directory with DATA or --data.`,
  );
  expect(await readdir(directory)).toEqual(before);
  expect((await fetch(first.endpoint, { method: 'POST' })).status).toBe(401);
});
