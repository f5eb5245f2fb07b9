import { prices, units } from './prices.ts';

/** What was measured, or is given by the stack, for one conversation. */
export type Usage = {
  bytes: number;
  /** Conversations in a call, and in a batch of the mapper. */
  perCall: number;
  perBatch: number;
  intakeSeconds: number;
  /** Seconds that mappers are busy with a conversation, all together. */
  mapperSeconds: number;
  intakeGigabytes: number;
  mapperGigabytes: number;
  limeRequests: number;
  /** Bytes that the functions log. */
  logBytes: number;
};

export type Cost = Record<'HTTP API' | 'intake' | 'mapper' | 'SQS' | 'DynamoDB' | 'logs', number>;

const MILLION = 1_000_000;

/** Messages that one request to SQS carries. */
const SQS_BATCH = 10;

/** A conversation's writes to the ledger: claim and settle. */
const LEDGER_WRITES = 2;

/** Requests to Lime that a mapper reserves by one write of the budget, at least. A read goes before each write. */
const REQUESTS_PER_RESERVATION = { alone: 3, bulk: 5 } as const;

/** Lambda's own lines of an invocation, about its start and its end. */
const PLATFORM_LOG_BYTES = 700;

/**
 * Dollars for a million conversations. Requests that carry several are shared. What a stack costs without conversations
 * is left out: secrets, alarms, custom metrics, empty polls, storage.
 */
export function costOf(usage: Usage): Cost {
  const { bytes, perCall, perBatch } = usage;
  const calls = 1 / perCall;
  const batches = 1 / perBatch;
  const carried = (conversations: number): number =>
    Math.max(1, Math.ceil((bytes * conversations) / units.sqsBytes)) / conversations;
  const sent = carried(Math.min(SQS_BATCH, perCall));
  const received = carried(Math.min(SQS_BATCH, perBatch));
  const deleted = 1 / Math.min(SQS_BATCH, perBatch);
  const reservations = usage.limeRequests / REQUESTS_PER_RESERVATION[perBatch === 1 ? 'alone' : 'bulk'];
  const logBytes = usage.logBytes + PLATFORM_LOG_BYTES * (calls + batches);
  const dollars: Cost = {
    'HTTP API': calls * Math.ceil((bytes * perCall) / units.httpApiBytes) * prices.httpApiRequest,
    intake: calls * prices.lambdaRequest + usage.intakeSeconds * usage.intakeGigabytes * prices.lambdaGigabyteSecond,
    mapper: batches * prices.lambdaRequest + usage.mapperSeconds * usage.mapperGigabytes * prices.lambdaGigabyteSecond,
    SQS: (sent + received + deleted) * prices.sqsRequest + (sent + received) * prices.sqsFairRequest,
    DynamoDB: (LEDGER_WRITES + reservations) * prices.dynamodbWrite + reservations * prices.dynamodbRead,
    logs: (logBytes / units.gigabyteBytes) * prices.logGigabyte,
  };
  return {
    'HTTP API': MILLION * dollars['HTTP API'],
    intake: MILLION * dollars.intake,
    mapper: MILLION * dollars.mapper,
    SQS: MILLION * dollars.SQS,
    DynamoDB: MILLION * dollars.DynamoDB,
    logs: MILLION * dollars.logs,
  };
}

export function sumOf(cost: Cost): number {
  return Object.values(cost).reduce((sum, dollars) => sum + dollars, 0);
}
