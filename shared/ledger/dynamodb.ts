import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Item, keyOf, type LedgerKey } from './item.ts';
import {
  claiming,
  extending,
  hasRoom,
  isFree,
  isFull,
  isStill,
  isUntried,
  notDelivered,
  ownedBy,
  recording,
  renewing,
  settling,
  skipping,
} from './item-changes.ts';
import { type Claim, type Claimed, ClaimLostError, type Ledger } from './ledger.ts';
import { createStarts, type Starts } from './starts.ts';
import { decide, type LedgerEntry } from './states.ts';
import { all, type Changes, type Condition, updateExpression } from './update-expression.ts';

/** The ledger in DynamoDB: one item per conversation, its key `organization#conversation`. */
export function createLedger(options: {
  client: DynamoDBDocumentClient;
  table: string;
  /** How long a claim lasts. */
  leaseMs: number;
  now?: () => number;
  newOwner: () => string;
}): Ledger & Starts {
  const { client, table, leaseMs, now = Date.now, newOwner } = options;
  const read = createReadLedger({ client, table });

  const write = async (
    key: LedgerKey,
    changes: Changes,
    condition: Condition,
    ReturnValues: 'ALL_OLD' | 'NONE' = 'NONE',
  ): Promise<Written> => {
    try {
      const parameters = { ...updateExpression(changes, condition), ReturnValues };
      const { Attributes } = await client.send(new UpdateCommand({ TableName: table, Key: keyOf(key), ...parameters }));
      return { isRefused: false, before: Attributes === undefined ? undefined : Item.parse(Attributes) };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return { isRefused: true, cause: error };
      throw error;
    }
  };

  const writeAs = async (claim: Claim, changes: Changes): Promise<void> => {
    const written = await write(claim, changes, ownedBy(claim.owner));
    if (written.isRefused) throw new ClaimLostError('another mapper has the conversation', { cause: written.cause });
  };

  return {
    ...createStarts({ client, table, now }),
    read,

    claim: async ({ callId, ...key }, { fingerprint, recency }) => {
      const at = now();
      const attempt = { fingerprint, recency };
      const claim: Claim = { ...key, ...attempt, owner: newOwner(), until: at + leaseMs };

      const claimed = async (before: LedgerEntry | undefined): Promise<Claimed> => {
        const decision = decide(before, attempt, at);
        if (decision.action !== 'unchanged') return { decision, claim };
        // An earlier attempt at the same version stays unconfirmed.
        const confirmed = before?.unconfirmedAttempts.includes(fingerprint) !== true;
        await write(claim, settling(claim, { outcome: 'released', confirmed }, at), ownedBy(claim.owner));
        return { decision };
      };

      const take = async (isMarked: boolean): Promise<Claimed> => {
        const condition = all(isFree(at), notDelivered(fingerprint), ...(isMarked ? [hasRoom] : []));
        const taken = await write(claim, claiming(claim, { callId, isMarked, now: at }), condition, 'ALL_OLD');
        if (!taken.isRefused) return claimed(taken.before);
        const entry = await read(key);
        // The write succeeded but its response got lost, so the SDK's repetition was refused.
        if (entry?.lease?.owner === claim.owner) return claimed(withoutLease(entry));
        const decision = decide(entry, attempt, at);
        if (decision.action === 'wait') return { decision };
        if (decision.action === 'unchanged') {
          const isRecorded =
            !decision.newer || !(await write(key, renewing(attempt), isStill(fingerprint, now()))).isRefused;
          if (isRecorded) return { decision };
        } else if (isMarked && isFull(entry)) return take(false);
        // The item has changed since the refusal. The record is retried at once and claims again.
        return { decision: { action: 'wait', until: now() } };
      };

      return take(true);
    },

    extend: async (claim, milliseconds) => {
      if (claim.until - now() >= milliseconds) return;
      const until = now() + Math.max(leaseMs, milliseconds);
      await writeAs(claim, extending(until));
      claim.until = until;
    },

    skip: async ({ callId, ...key }, reason) => {
      const at = now();
      return !(await write(key, skipping(reason, callId, at), isUntried(at))).isRefused;
    },

    record: (claim, object) => writeAs(claim, recording(object)),

    settle: (claim, settlement) => writeAs(claim, settling(claim, settlement, now())),
  };
}

/** The part of the ledger that only reads. */
export function createReadLedger({ client, table }: { client: DynamoDBDocumentClient; table: string }): Ledger['read'] {
  return async (key) => {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }),
    );
    return item === undefined ? undefined : Item.parse(item);
  };
}

/** The outcome of a conditional write. `before` is the item as it was, if requested. */
type Written = { isRefused: false; before: LedgerEntry | undefined } | { isRefused: true; cause: unknown };

function withoutLease({ lease: _, ...entry }: LedgerEntry): LedgerEntry {
  return entry;
}
