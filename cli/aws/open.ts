import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createReadLedger } from '../../shared/ledger/dynamodb.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Lane } from '../../shared/queue/lane.ts';
import type { Io } from '../io.ts';
import type { Addresses, BridgeLocation } from '../target.ts';
import { accessOf } from './access.ts';
import { readIntakeLog } from './intake-log.ts';
import { createReadLedgers, type ReadLedgers } from './ledger.ts';
import { createLedgerItems, type LedgerItems } from './ledger-items.ts';
import { countIn, createResend, type Resend } from './queue.ts';
import { createRecords, type Records } from './records.ts';
import { addressesOf } from './stack.ts';

/** The parts of one deployment that the commands use. */
export type Bridge = {
  deadLetters: Records;
  queues: Record<Lane, Records>;
  resend: Resend;
  /** The number of records in both queues: visible, held by a mapper, or waiting for their next try. */
  queued: () => Promise<number>;
  readLedger: Ledger['read'];
  readLedgers: ReadLedgers;
  ledgerItems: LedgerItems;
  /** Intake's log lines. Undefined if only addresses are given. */
  intakeLog: ((since: number, until: number) => AsyncIterable<string>) | undefined;
};

export async function openBridge(where: BridgeLocation, environment: NodeJS.ProcessEnv, io: Io): Promise<Bridge> {
  const common = accessOf('stack' in where ? undefined : where.endpoint, environment);
  const addresses: Addresses & { intakeLog?: string } =
    'stack' in where ? await addressesOf(new CloudFormationClient(common), where.stack) : where.addresses;
  const { queueUrl, interactiveQueueUrl, dlqUrl, ledgerTable: table, intakeLog: logGroupName } = addresses;
  // The queue URLs of an emulator do not lead to it.
  const sqs = new SQSClient({ ...common, useQueueUrlAsEndpoint: false });
  const queueUrls = { interactive: interactiveQueueUrl, bulk: queueUrl };
  const rawDynamodb = new DynamoDBClient(common);
  const dynamodb = DynamoDBDocumentClient.from(rawDynamodb);
  return {
    deadLetters: createRecords({ client: sqs, queueUrl: dlqUrl, name: 'DLQ', note: io.note }),
    queues: {
      interactive: createRecords({ client: sqs, queueUrl: queueUrls.interactive, name: 'queue', note: io.note }),
      bulk: createRecords({ client: sqs, queueUrl: queueUrls.bulk, name: 'queue', note: io.note }),
    },
    resend: createResend({ client: sqs, queueUrls }),
    queued: () => countIn(sqs, Object.values(queueUrls)),
    readLedger: createReadLedger({ client: dynamodb, table }),
    readLedgers: createReadLedgers({ client: dynamodb, table, sleep: io.sleep }),
    ledgerItems: createLedgerItems(rawDynamodb, table),
    intakeLog:
      logGroupName === undefined
        ? undefined
        : (since, until) => readIntakeLog(new CloudWatchLogsClient(common), { logGroupName, since, until }),
  };
}
