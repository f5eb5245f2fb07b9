import { ConditionalCheckFailedException, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Item } from '../../shared/ledger/item.ts';
import type { LedgerEntry } from '../../shared/ledger/states.ts';

/** An item of the ledger; `entry` is undefined where it has another form than a conversation's. */
export type LedgerItem = { key: string; conversation: string; entry: LedgerEntry | undefined };

export type LedgerItems = {
  /** How many items there are and their bytes, as DynamoDB counted them some hours ago. */
  size: () => Promise<{ items: number; bytes: number }>;
  /**
   * Every item of these conversations: `organization#conversation`, and what follows that after another `#`. The table
   * has no other key, so all of it is read.
   * @param onPage is told how many items have been read
   */
  find: (
    organization: string,
    conversations: ReadonlySet<string>,
    options: { signal: AbortSignal; onPage: (looked: number) => void },
  ) => Promise<LedgerItem[]>;
  /** Deletes an item, and answers what it held; 'taken' while a mapper has its conversation. */
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
