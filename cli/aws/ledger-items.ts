import { ConditionalCheckFailedException, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Item } from '../../shared/ledger/item.ts';
import type { LedgerEntry } from '../../shared/ledger/states.ts';

/** An item of the ledger. `entry` is undefined for items that are not a conversation's. */
export type LedgerItem = { key: string; conversation: string; entry: LedgerEntry | undefined };

export type LedgerItems = {
  /** The number of items and their bytes, which DynamoDB updates every few hours. */
  size: () => Promise<{ items: number; bytes: number }>;
  /**
   * Every item of these conversations: those with the key `organization#conversation`, and those whose key continues
   * it after another `#`. Scans the table, because it has no other key.
   * @param onPage takes the number of items that have been read
   */
  find: (
    organization: string,
    conversations: ReadonlySet<string>,
    options: { signal: AbortSignal; onPage: (looked: number) => void },
  ) => Promise<LedgerItem[]>;
  /** Deletes an item and returns what it held. Returns 'taken' while a mapper holds the conversation. */
  remove: (key: string, now: number) => Promise<LedgerEntry | 'taken' | undefined>;
};

const Key = z.object({ pk: z.string() });

export function createLedgerItems(raw: DynamoDBClient, TableName: string): LedgerItems {
  const client = DynamoDBDocumentClient.from(raw);
  return {
    size: async () => {
      const { Table } = await raw.send(new DescribeTableCommand({ TableName }));
      return { items: Table?.ItemCount ?? 0, bytes: Table?.TableSizeBytes ?? 0 };
    },
    find: async (organization, conversations, { signal, onPage }) => {
      const found: LedgerItem[] = [];
      let looked = 0;
      const pages = paginateScan({ client }, { TableName, ConsistentRead: true });
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const { pk: key } = Key.parse(item);
          const [of, conversation = ''] = key.split('#');
          if (of !== organization || !conversations.has(conversation)) continue;
          found.push({ key, conversation, entry: Item.safeParse(item).data });
        }
        looked += Items.length;
        onPage(looked);
        if (signal.aborted) return found;
      }
      return found;
    },
    remove: async (pk, now) => {
      try {
        const { Attributes } = await client.send(
          new DeleteCommand({
            TableName,
            Key: { pk },
            ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil <= :now',
            ExpressionAttributeValues: { ':now': now },
            ReturnValues: 'ALL_OLD',
          }),
        );
        return Attributes === undefined ? undefined : Item.safeParse(Attributes).data;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'taken';
        throw error;
      }
    },
  };
}
