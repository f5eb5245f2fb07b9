import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { compares, isMissing, updateExpression } from './update-expression.ts';

/** A call that takes longer counts as failed. DynamoDB usually responds within ten milliseconds. */
const TIMEOUT_MS = 1_000;

/** Seconds an item is kept after its last change. A budget without an item is due at once. */
const LIFETIME_SECONDS = 24 * 3_600;

const Item = z.object({ arrivalTime: z.number().optional() });

/** No conversation has such a key: its id consists of digits, and the name of a budget has other characters. */
const keyOf = (budget: string) => ({ pk: `budget#${budget}` });

/** The arrival times of Lime's budgets, one item each. */
export function createArrivalTimes(options: { client: DynamoDBDocumentClient; table: string; now: () => number }) {
  const { client, table: TableName, now } = options;
  const within = () => ({ abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
  return {
    read: async (budget: string): Promise<number | undefined> => {
      const parameters = { TableName, Key: keyOf(budget), ConsistentRead: true };
      const { Item: item } = await client.send(new GetCommand(parameters), within());
      return Item.parse(item ?? {}).arrivalTime;
    },
    replace: async (budget: string, last: number | undefined, next: number): Promise<boolean> => {
      const expiresAt = Math.ceil(Math.max(next, now()) / 1_000) + LIFETIME_SECONDS;
      const isLast = last === undefined ? isMissing('arrivalTime') : compares('arrivalTime', '=', last);
      const parameters = updateExpression({ set: { arrivalTime: next, expiresAt } }, isLast);
      try {
        await client.send(new UpdateCommand({ TableName, Key: keyOf(budget), ...parameters }), within());
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
