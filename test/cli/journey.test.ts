import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import * as z from 'zod';
import { runCli } from '../support/cli/run-cli.ts';
import { aConversation } from '../support/conversations.ts';
import { startJourney } from '../support/journey.ts';

const Addresses = z.object({
  queueUrl: z.url(),
  interactiveQueueUrl: z.url(),
  dlqUrl: z.url(),
  ledgerTable: z.string(),
});

it('a conversation that Lime refused is listed, sent again and delivered, and none is missing', async () => {
  await using journey = await startJourney({ variables: { TIME_SCALE: '0.02' } });
  const { queueUrl, interactiveQueueUrl, dlqUrl, ledgerTable } = Addresses.parse(
    await journey.log(({ message }) => message === 'addresses'),
  );
  const variables = {
    AWS_ENDPOINT_URL: journey.awsEndpoint,
    QUEUE_URL: queueUrl,
    INTERACTIVE_QUEUE_URL: interactiveQueueUrl,
    DLQ_URL: dlqUrl,
    LEDGER_TABLE: ledgerTable,
  };
  const directory = await mkdtemp(join(tmpdir(), 'userlike-lime-test-'));
  const log = join(directory, 'run.log');
  const reconcile = async () => {
    await writeFile(log, journey.stderr());
    return runCli(['reconcile', '--log', log], variables);
  };
  await journey.faults([{ kind: 'error', status: 422, match: { method: 'POST', limetype: 'helpdesk' }, times: 2 }]);
  await journey.send([1, 2, 3].map((id) => aConversation({ id })));
  await journey.ended([1, 2, 3]);
  const before = await reconcile();
  const list = await runCli(['failed', 'list'], variables);
  const retry = await runCli(['failed', 'retry', '--all'], variables);
  const left = new Set(['1', '2', '3']);
  await journey.log(({ message, conversation }) => {
    if (message === 'delivered') left.delete(String(conversation));
    return left.size === 0;
  });
  const after = await reconcile();
  await rm(directory, { recursive: true });

  expect(before).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\naccepted 3 = delivered 1 \+ parked 2 \+ queued 0$/),
  });
  expect(list.stdout).toMatch(
    /(?:\n\S{36} .* 108905 +\d +object {2}422 +1 {2}POST \/api\/v1\/limeobject\/helpdesk\/ was answered 422){2}\n\n2 records$/,
  );
  expect(retry).toEqual({ code: 0, stdout: 'sent 2 of 2 records', stderr: '' });
  expect(after).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\naccepted 3 = delivered 3 \+ parked 0 \+ queued 0$/),
  });
  expect(await journey.helpdesks()).toHaveLength(3);
});
