import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createReadLedger, type Ledger } from '../../../shared/ledger/dynamodb.ts';
import type { Io } from '../io.ts';
import type { Where } from '../target.ts';
import { accessOf } from './access.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { readIntakeLog } from './intake-log.ts';
import { createReadLedgers, type ReadLedgers } from './ledger.ts';
import { countsOf, createSendAgain, type SendAgain } from './queue.ts';
import { addressesOf, intakeLogGroupOf } from './stack.ts';

/** One deployment of the bridge, as the commands see it. */
export type Bridge = {
  deadLetters: DeadLetters;
  sendAgain: SendAgain;
  /** How many records are in the queue: visible, in hand of a mapper, or waiting for their next try. */
  queued: () => Promise<number>;
  readLedger: Ledger['read'];
  readLedgers: ReadLedgers;
  /** Lines of intake's log; undefined where only addresses are known. */
  intakeLog: ((since: number, until: number) => AsyncIterable<string>) | undefined;
};

export const openBridge = async (where: Where, environment: NodeJS.ProcessEnv, io: Io): Promise<Bridge> => {
  const common = accessOf('stack' in where ? undefined : where.endpoint, environment);
  const cloudFormation = new CloudFormationClient(common);
  const addresses = 'stack' in where ? await addressesOf(cloudFormation, where.stack) : where.addresses;
  const { queueUrl, dlqUrl, ledgerTable: table } = addresses;
  // An emulator's queue URL is not its endpoint.
  const sqs = new SQSClient({ ...common, useQueueUrlAsEndpoint: false });
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(common));
  return {
    deadLetters: createDeadLetters({ client: sqs, queueUrl: dlqUrl, note: io.note }),
    sendAgain: createSendAgain({ client: sqs, queueUrl }),
    queued: async () => {
      const { visible, hidden, delayed } = await countsOf(sqs, queueUrl);
      return visible + hidden + delayed;
    },
    readLedger: createReadLedger({ client: dynamodb, table }),
    readLedgers: createReadLedgers({ client: dynamodb, table, sleep: io.sleep }),
    intakeLog:
      'stack' in where ? intakeLogOf(where.stack, cloudFormation, new CloudWatchLogsClient(common)) : undefined,
  };
};

const intakeLogOf = (stack: string, cloudFormation: CloudFormationClient, client: CloudWatchLogsClient) =>
  async function* (since: number, until: number): AsyncGenerator<string> {
    const logGroupName = await intakeLogGroupOf(cloudFormation, stack);
    yield* readIntakeLog(client, { logGroupName, since, until });
  };
