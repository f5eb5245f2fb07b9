import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** A record of the queue, before its conversation is known. */
export type RecordKey = { organization: string; record: string };

/**
 * Counts how often a record was started without an end: a mapper that runs out of time or memory over it comes to no
 * outcome, and leaves the count as it is.
 */
export type Starts = {
  startsOf(key: RecordKey): Promise<number>;
  /** Counts one more; how many there were before. */
  start(key: RecordKey): Promise<number>;
  /** The record has come to an outcome, whatever it is. */
  end(key: RecordKey): Promise<void>;
};

/** Seconds such an item is kept: the queue keeps its record for two weeks. */
const lifetime = 15 * 24 * 3_600;

const Item = z.object({ starts: z.int().nonnegative().default(0) });

const keyOf = ({ organization, record }: RecordKey) => ({ pk: `${organization}#record#${record}` });

export function createStarts(options: { client: DynamoDBDocumentClient; table: string; now: () => number }): Starts {
  const { client, table: TableName, now } = options;
  return {
    startsOf: async (key) => {
      const { Item: item } = await client.send(new GetCommand({ TableName, Key: keyOf(key), ConsistentRead: true }));
      return Item.parse(item ?? {}).starts;
    },
    start: async (key) => {
      const { Attributes: before } = await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(key),
          UpdateExpression: 'ADD starts :one SET expiresAt = :expires',
          ExpressionAttributeValues: { ':one': 1, ':expires': Math.floor(now() / 1_000) + lifetime },
          ReturnValues: 'UPDATED_OLD',
        }),
      );
      return Item.parse(before ?? {}).starts;
    },
    end: async (key) => {
      await client.send(new UpdateCommand({ TableName, Key: keyOf(key), UpdateExpression: 'REMOVE starts' }));
    },
  };
}
