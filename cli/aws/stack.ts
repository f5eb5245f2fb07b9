import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { CommandError } from '../errors.ts';
import type { LogSource } from '../logs/log-query.ts';
import type { Addresses } from '../target.ts';

const Outputs = z.object({
  Endpoint: z.string(),
  Queue: z.url(),
  InteractiveQueue: z.url(),
  DeadLetters: z.url(),
  Ledger: z.string(),
  IntakeLog: z.string(),
  MapperLog: z.string(),
  LinkLog: z.string(),
});

/** The log groups of the functions. */
export type LogGroups = Record<LogSource, string>;

/** Reads the addresses and the names of the log groups from the outputs of the deployed stack. */
export async function addressesOf(
  client: CloudFormationClient,
  StackName: string,
): Promise<Addresses & { logGroups: LogGroups; endpoint: string }> {
  const read = await outputsOf(client, StackName);
  if (read === undefined) {
    throw new CommandError(
      `no stack ${StackName} in this account and region: check --stage, AWS_PROFILE and AWS_REGION`,
    );
  }
  const outputs = Outputs.safeParse(read);
  if (!outputs.success) {
    const missing = outputs.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new CommandError(`the stack ${StackName} has no usable output ${missing}: deploy it again`);
  }
  const { Endpoint, Queue, InteractiveQueue, DeadLetters, Ledger, IntakeLog, MapperLog, LinkLog } = outputs.data;
  return {
    endpoint: Endpoint,
    queueUrl: Queue,
    interactiveQueueUrl: InteractiveQueue,
    dlqUrl: DeadLetters,
    ledgerTable: Ledger,
    logGroups: { intake: IntakeLog, mapper: MapperLog, link: LinkLog },
  };
}

/** The add-on endpoint, with `{organization}` in it. Undefined if there is no such stack yet. */
export async function endpointOf(client: CloudFormationClient, StackName: string): Promise<string | undefined> {
  return (await outputsOf(client, StackName))?.Endpoint;
}

async function outputsOf(client: CloudFormationClient, StackName: string): Promise<Record<string, string> | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
