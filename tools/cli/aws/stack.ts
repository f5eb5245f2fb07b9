import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { Failure } from '../errors.ts';
import type { Addresses } from '../target.ts';

const Outputs = z.object({ Queue: z.url(), DeadLetters: z.url(), Ledger: z.string() });

/** Of intake's log group, in the template. */
const intakeLogs = /^ChatIntakeLogs[0-9A-F]{8}$/;

/** Reads the outputs of the deployed stack. */
export const addressesOf = async (client: CloudFormationClient, StackName: string): Promise<Addresses> => {
  const read = await outputsOf(client, StackName);
  if (read === undefined) {
    throw new Failure(`no stack ${StackName} in this account and region: check --stage, AWS_PROFILE and AWS_REGION`);
  }
  const outputs = Outputs.safeParse(read);
  if (!outputs.success) {
    const missing = outputs.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new Failure(`the stack ${StackName} has no usable output ${missing}: deploy it again`);
  }
  const { Queue, DeadLetters, Ledger } = outputs.data;
  return { queueUrl: Queue, dlqUrl: DeadLetters, ledgerTable: Ledger };
};

/** Where the add-on calls, with `{organization}` in it; undefined where there is no such stack yet. */
export const endpointOf = async (client: CloudFormationClient, StackName: string): Promise<string | undefined> =>
  (await outputsOf(client, StackName))?.Endpoint;

const outputsOf = async (
  client: CloudFormationClient,
  StackName: string,
): Promise<Record<string, string> | undefined> => {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
};

/** The name of the log group that intake writes to. */
export const intakeLogGroupOf = async (client: CloudFormationClient, StackName: string): Promise<string> => {
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    const found = StackResourceSummaries.find(
      ({ ResourceType, LogicalResourceId = '' }) =>
        ResourceType === 'AWS::Logs::LogGroup' && intakeLogs.test(LogicalResourceId),
    );
    if (found?.PhysicalResourceId !== undefined) return found.PhysicalResourceId;
  }
  throw new Failure(`the stack ${StackName} has no log group of intake: deploy it again, or give --log FILE`);
};
