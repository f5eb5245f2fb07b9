import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createReadLedger } from '../../shared/ledger/dynamodb.ts';
import type { LedgerKey } from '../../shared/ledger/item.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Lane } from '../../shared/queue/lane.ts';
import type { Io } from '../io.ts';
import { readLocalLog } from '../local/local-log.ts';
import type { ReadLog } from '../logs/log-query.ts';
import type { Addresses, Target } from '../target.ts';
import { accessOf } from './access.ts';
import { readCloudWatch } from './cloudwatch-log.ts';
import { createReadLedgers, type ReadLedgers } from './ledger.ts';
import { createLedgerItems, type LedgerItems } from './ledger-items.ts';
import { createLinkOf } from './link-of.ts';
import { countIn, countsOf, createResend, type Resend } from './queue.ts';
import { createRecords, type Records } from './records.ts';
import { addressesOf, type LogGroups } from './stack.ts';

/** The number of records in a queue. */
export type QueueCounts = { name: Lane; visible: number; hidden: number; delayed: number };

const lanes: readonly Lane[] = ['interactive', 'bulk'];

/** The parts of one deployment that the commands use. */
export type Bridge = {
  deadLetters: Records;
  queues: Record<Lane, Records>;
  resend: Resend;
  /** The number of records in both queues: visible, held by a mapper, or waiting for their next try. */
  queued: () => Promise<number>;
  /** The same by queue. */
  counts: () => Promise<QueueCounts[]>;
  /** The link that the operator has. Undefined if the endpoint is unknown or its key may not be read. */
  linkOf: (key: LedgerKey) => Promise<string | undefined>;
  readLedger: Ledger['read'];
  readLedgers: ReadLedgers;
  ledgerItems: LedgerItems;
  /** Log lines of the functions. Undefined if only addresses are given. */
  readLog: ReadLog | undefined;
};

export async function openBridge(
  { where, stage }: Pick<Target, 'where' | 'stage'>,
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<Bridge> {
  const common = accessOf('stack' in where ? undefined : where.endpoint, environment);
  const addresses: Addresses & { logGroups?: LogGroups; endpoint?: string } =
    'stack' in where ? await addressesOf(new CloudFormationClient(common), where.stack) : where.addresses;
  const {
    queueUrl,
    interactiveQueueUrl,
    dlqUrl,
    ledgerTable: table,
    logGroups,
    endpoint = environment.LOCAL_ENDPOINT,
  } = addresses;
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
    counts: () => Promise.all(lanes.map(async (lane) => ({ name: lane, ...(await countsOf(sqs, queueUrls[lane])) }))),
    linkOf: createLinkOf({ endpoint, stage, now: io.now, environment }),
    readLedger: createReadLedger({ client: dynamodb, table }),
    readLedgers: createReadLedgers({ client: dynamodb, table, sleep: io.sleep }),
    ledgerItems: createLedgerItems(rawDynamodb, table),
    readLog: readLogOf(logGroups, common, environment),
  };
}

function readLogOf(
  logGroups: LogGroups | undefined,
  access: ReturnType<typeof accessOf>,
  { LOCAL_LOG: file }: NodeJS.ProcessEnv,
): ReadLog | undefined {
  if (logGroups !== undefined) return readCloudWatch(new CloudWatchLogsClient(access), logGroups);
  return file === undefined ? undefined : readLocalLog(file);
}
