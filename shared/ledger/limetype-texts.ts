import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { updateExpression } from './update-expression.ts';

/** A call that takes longer counts as failed, and Lime is asked instead. */
const TIMEOUT_MS = 1_000;

/** Seconds an item is kept. Its reader decides how long it is used. */
const LIFETIME_SECONDS = 24 * 3_600;

/** An item of DynamoDB has 400 KB at most. A usual limetype takes a few, compressed. */
const MOST_BYTES = 350_000;

/** The most bytes that an item may unpack to. */
const MOST_TEXT_BYTES = 20 * 1024 * 1024;

const Item = z.object({ readAt: z.number(), limetype: z.instanceof(Uint8Array) });

/** No conversation has such a key: its id has no blank. */
const keyOf = (tenant: string, limetype: string) => ({ pk: `limetype#${tenant} ${limetype}` });

/** Descriptions of limetypes that all mappers share, one item each. They hold nothing of a person. */
export function createLimetypeTexts(options: { client: DynamoDBDocumentClient; table: string }) {
  const { client, table: TableName } = options;
  const within = () => ({ abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
  return {
    read: async (tenant: string, limetype: string): Promise<{ at: number; text: string } | undefined> => {
      const { Item: item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant, limetype) }), within());
      if (item === undefined) return undefined;
      const { readAt, limetype: packed } = Item.parse(item);
      return { at: readAt, text: gunzipSync(packed, { maxOutputLength: MOST_TEXT_BYTES }).toString('utf8') };
    },
    /** Keeps a text. One that is too large for an item is not kept. */
    write: async (tenant: string, limetype: string, { at, text }: { at: number; text: string }): Promise<void> => {
      const packed = gzipSync(text);
      if (packed.byteLength > MOST_BYTES) return;
      const expiresAt = Math.ceil(at / 1_000) + LIFETIME_SECONDS;
      const parameters = updateExpression({ set: { readAt: at, limetype: packed, expiresAt } });
      await client.send(new UpdateCommand({ TableName, Key: keyOf(tenant, limetype), ...parameters }), within());
    },
  };
}
