import { cp, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import * as z from 'zod';
import { aDirectory } from '../support/a-directory.ts';
import { runCli } from '../support/cli/run-cli.ts';
import { aConversation } from '../support/conversations.ts';
import { startJourney } from '../support/journey.ts';

const Addresses = z.object({
  queueUrl: z.url(),
  interactiveQueueUrl: z.url(),
  dlqUrl: z.url(),
  ledgerTable: z.string(),
});

it('a parked conversation survives a killed run and arrives once the settings are corrected, without a restart', async () => {
  await using data = await aDirectory();
  await using settings = await aDirectory();
  await cp(fileURLToPath(new URL('../../settings', import.meta.url)), settings.path(''), { recursive: true });
  const file = settings.path('default.json');
  const correct = await readFile(file, 'utf8');
  await writeFile(file, correct.replace('"limetype": "helpdesk"', '"limetype": "helpdeks"'));
  const start = () =>
    startJourney({
      assembly: 'synthesized',
      variables: { TIME_SCALE: '0.02', SETTINGS_DIRECTORY: settings.path(''), DATA: data.path('run') },
      flags: ['--watch'],
    });

  const first = await start();
  await first.send(aConversation({ id: 1 }));
  await first.log(({ message }) => message === 'parked');
  first.signal('SIGKILL');
  await first.exited;

  await using second = await start();
  await writeFile(file, '{');
  await second.log(({ message }) => message === 'settings changed and cannot be used, so the former stay');
  await writeFile(file, correct);
  await second.log(({ message }) => message === 'settings changed and are used');
  const found = Addresses.parse(await second.log(({ message }) => message === 'addresses'));
  const retried = await runCli(['failed', 'retry', '--all'], {
    AWS_ENDPOINT_URL: second.awsEndpoint,
    QUEUE_URL: found.queueUrl,
    INTERACTIVE_QUEUE_URL: found.interactiveQueueUrl,
    DLQ_URL: found.dlqUrl,
    LEDGER_TABLE: found.ledgerTable,
  });

  // A run that is killed after it has parked a record, and before it has deleted it, parks it twice.
  expect(retried).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sent (1 of 1 record|2 of 2 records)$/) });
  await second.log(({ message, outcome }) => message === 'delivered' && outcome === 'created');
  expect(await second.helpdesks()).toHaveLength(1);
});
