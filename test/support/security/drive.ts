import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from '@jest/globals';
import * as z from 'zod';
import { createClients, embeddedAccess } from '../../../tools/local/aws.ts';
import { runCli } from '../cli/run-cli.ts';
import type { Journey } from '../journey.ts';
import { aMarkedConversation, marks } from './marked.ts';
import { deliveries, links, personsInLime, refusedCalls, type See } from './marked-calls.ts';
import type { QuotingLime } from './quoting-lime.ts';

const Addresses = z.object({
  queueUrl: z.url(),
  interactiveQueueUrl: z.url(),
  dlqUrl: z.url(),
  ledgerTable: z.string(),
});
type Addresses = z.infer<typeof Addresses>;

type Clients = ReturnType<typeof createClients>;

/** Runs the whole system with marked data and collects every text that could contain a mark, by source. */
export async function drive(lime: QuotingLime, journey: Journey): Promise<ReadonlyMap<string, readonly string[]>> {
  const seen = new Map<string, string[]>();
  const see: See = (where, ...texts) => void seen.set(where, [...(seen.get(where) ?? []), ...texts]);
  const addresses = Addresses.parse(await journey.log(({ message }) => message === 'addresses'));
  const clients = createClients(embeddedAccess(journey.awsEndpoint));
  try {
    await personsInLime(lime);
    await deliveries(lime, journey);
    await refusedCalls(journey, see);
    await forgedRecords(journey, addresses, clients);
    await links(journey, see);
    await commandLine(journey, addresses, see);
    await stores(addresses, clients, see);
    see('log lines and metrics', journey.stderr(), journey.stdout());
  } finally {
    clients.destroy();
  }
  return seen;
}

async function forgedRecords(journey: Journey, { queueUrl: QueueUrl }: Addresses, { sqs }: Clients): Promise<void> {
  const head = { v: 1, organization: '108905', callId: 'forged', acceptedAt: '2024-02-22T15:49:07.260Z' };
  const bodies = [
    marks.garbage,
    JSON.stringify({ ...head, v: marks.garbage }),
    JSON.stringify({ ...head, organization: marks.email, encoding: 'json', body: aMarkedConversation(301) }),
    JSON.stringify({ ...head, encoding: 'json', body: aMarkedConversation(302, { organization_id: marks.garbage }) }),
    JSON.stringify({ ...head, encoding: 'json', body: aMarkedConversation(303, { transcript: marks.garbage }) }),
    JSON.stringify({ ...head, encoding: 'br', body: marks.garbage }),
  ];
  const parked = () => journey.logs().filter(({ message, step }) => message === 'parked' && step === 'decode').length;
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await journey.log(() => parked() === bodies.length);
}

async function commandLine(journey: Journey, addresses: Addresses, see: See): Promise<void> {
  const { queueUrl, interactiveQueueUrl, dlqUrl, ledgerTable } = addresses;
  const variables = {
    AWS_ENDPOINT_URL: journey.awsEndpoint,
    QUEUE_URL: queueUrl,
    INTERACTIVE_QUEUE_URL: interactiveQueueUrl,
    DLQ_URL: dlqUrl,
    LEDGER_TABLE: ledgerTable,
  };
  async function run(...args: string[]) {
    const { code, stdout, stderr } = await runCli(args, variables);
    see('command line', stdout, stderr);
    return { code, stdout };
  }
  const { stdout } = await run('failed', 'list', '--json');
  const [first] = z.array(z.looseObject({ id: z.string() })).parse(JSON.parse(stdout));
  expect((await run('failed', 'list')).code).toBe(0);
  expect((await run('failed', 'show', first?.id ?? '')).code).toBe(0);
  expect((await run('failed', 'show', first?.id ?? '', '--json')).code).toBe(0);
  expect((await run('failed', 'retry', '--conversation', '105', '--organization', '108905')).code).toBe(0);
}

async function stores({ dlqUrl, ledgerTable }: Addresses, clients: Clients, see: See): Promise<void> {
  const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: ledgerTable }));
  see('ledger', ...Items.map((item) => JSON.stringify(item)));
  for (;;) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dlqUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return;
    see('attributes of dead letters', ...Messages.map((message) => JSON.stringify(message.MessageAttributes)));
  }
}
