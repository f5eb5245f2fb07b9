import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Item, keyOf, type LedgerKey } from './item.ts';
import { createStarts, type Starts } from './starts.ts';
import { type Attempt, type Decision, decide, type KnownObject, type LedgerEntry, type Settlement } from './states.ts';

/**
 * The right to write a conversation to Lime until `until` (milliseconds); renewed in place. `crowded`: so many attempts
 * are unresolved that this one need not be among them for the next to look.
 */
export type Claim = LedgerKey & Attempt & { owner: string; until: number; crowded?: boolean };

/** The claim has gone to another mapper: nothing more may be written in its name. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

export type Ledger = {
  /**
   * Claims the conversation for this attempt unless it is taken or already written, in the name of the call that
   * brought it. One conditional write.
   */
  claim(key: LedgerKey & { callId?: string }, attempt: Attempt): Promise<{ decision: Decision; claim?: Claim }>;
  /** Makes the lease last at least `milliseconds` from now; a write only where it does not already. Throws ClaimLost. */
  extend(claim: Claim, milliseconds: number): Promise<void>;
  /** Records what the limeobject may hold from now on. One conditional write. Throws ClaimLost. */
  record(claim: Claim, object: KnownObject): Promise<void>;
  /** Records how the attempt ended and ends the lease, unless it is held. One conditional write. Throws ClaimLost. */
  settle(claim: Claim, settlement: Settlement): Promise<void>;
  /** The conversation's entry as it is now; undefined where nothing is known of it. */
  read(key: LedgerKey): Promise<LedgerEntry | undefined>;
};

/** The condition of an item that nobody has. */
const isFree = '(attribute_not_exists(leaseUntil) OR leaseUntil <= :now)';

/** Characters of a reason that are kept. */
const longestReason = 1_000;

/** Attempts that may be unresolved at once: 50 bytes each. */
export const mostUnresolved = 100;

const isCrowded = (entry: LedgerEntry | undefined): boolean => (entry?.unresolved.length ?? 0) >= mostUnresolved;

/** Seconds an item is kept after its last change: re-sends of older conversations begin anew. */
const lifetime = 3 * 365 * 24 * 3_600;

/** The part of the ledger that only reads. */
export const createReadLedger =
  ({ client, table }: { client: DynamoDBDocumentClient; table: string }): Ledger['read'] =>
  async (key) => {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }),
    );
    return item === undefined ? undefined : Item.parse(item);
  };

/** The ledger in DynamoDB: one item per conversation, its key `organization#conversation`. */
export const createLedger = (options: {
  client: DynamoDBDocumentClient;
  table: string;
  /** Milliseconds a claim lasts. */
  lease: number;
  now?: () => number;
  newOwner: () => string;
}): Ledger & Starts => {
  const { client, table: TableName, lease, now = Date.now, newOwner } = options;
  const expiresAt = () => Math.floor(now() / 1_000) + lifetime;

  const read = createReadLedger({ client, table: TableName });

  const update = async (
    claim: Claim,
    expression: string,
    values: Record<string, unknown>,
    names: Record<string, string> = {},
  ): Promise<void> => {
    try {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(claim),
          UpdateExpression: expression,
          ConditionExpression: 'leaseOwner = :owner',
          ExpressionAttributeValues: { ...values, ':owner': claim.owner },
          ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException)
        throw new ClaimLost('another mapper has the conversation', { cause: error });
      throw error;
    }
  };

  /** Writes the claim and returns the entry as it was; with `unlessDelivered` not over what has this fingerprint. */
  const take = async (
    claim: Claim,
    callId: string | undefined,
    unlessDelivered: boolean,
  ): Promise<LedgerEntry | undefined | 'refused'> => {
    try {
      const { Attributes: before } = await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(claim),
          UpdateExpression:
            `SET leaseOwner = :owner, leaseUntil = :until, expiresAt = :expires${callId === undefined ? '' : ', callId = :callId'}` +
            ` ADD unresolved :attempt${callId === undefined ? ' REMOVE callId' : ''}`,
          ConditionExpression:
            isFree +
            (unlessDelivered ? ' AND (attribute_not_exists(delivered) OR delivered.fingerprint <> :fingerprint)' : ''),
          ExpressionAttributeValues: {
            ':owner': claim.owner,
            ':until': claim.until,
            ':expires': expiresAt(),
            ':attempt': new Set([claim.fingerprint]),
            ':now': now(),
            ...(unlessDelivered && { ':fingerprint': claim.fingerprint }),
            ...(callId !== undefined && { ':callId': callId }),
          },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return before === undefined ? undefined : Item.parse(before);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'refused';
      throw error;
    }
  };

  /** Records that what was delivered is right at a later time, too. False where another mapper has changed it meanwhile. */
  const renew = async (key: LedgerKey, { fingerprint, recency }: Attempt): Promise<boolean> => {
    try {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(key),
          UpdateExpression: 'SET delivered.recency = :recency',
          ConditionExpression: `delivered.fingerprint = :fingerprint AND ${isFree}`,
          ExpressionAttributeValues: { ':recency': recency, ':fingerprint': fingerprint, ':now': now() },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    ...createStarts({ client, table: TableName, now }),
    read,

    claim: async ({ callId, ...key }, attempt) => {
      const { fingerprint, recency } = attempt;
      const claim: Claim = { ...key, fingerprint, recency, owner: newOwner(), until: now() + lease };
      const given = (entry: LedgerEntry | undefined) => ({
        decision: decide(entry, attempt, now()),
        claim: Object.assign(claim, { crowded: isCrowded(entry) }),
      });
      const before = await take(claim, callId, true);
      if (before !== 'refused') return given(before);
      const entry = await read(key);
      if (entry?.lease?.owner === claim.owner) {
        // The claim was written and only its answer got lost: what refused was the SDK's own repetition.
        const { lease: _, ...unleased } = entry;
        return { decision: decide(unleased, attempt, now()), claim };
      }
      const decision = decide(entry, attempt, now());
      // The other version may be older than this one: only another claim tells.
      if (decision.action === 'unchanged' && decision.newer && !(await renew(key, attempt))) {
        return { decision: { action: 'wait', until: now() } };
      }
      if (decision.action !== 'write' && decision.action !== 'stale') return { decision };
      const taken =
        entry?.delivered?.fingerprint === attempt.fingerprint ? await take(claim, callId, false) : 'refused';
      if (taken !== 'refused') return given(taken);
      // What stood in the way has just gone: the record comes back at once and claims again.
      return { decision: { action: 'wait', until: now() } };
    },

    extend: async (claim, milliseconds) => {
      if (claim.until - now() >= milliseconds) return;
      const until = now() + Math.max(lease, milliseconds);
      await update(claim, 'SET leaseUntil = :until', { ':until': until });
      claim.until = until;
    },

    record: (claim, object) => update(claim, 'SET #object = :object', { ':object': object }, { '#object': 'object' }),

    settle: async (claim, settlement) => {
      const own = { ':attempt': new Set([claim.fingerprint]) };
      const isTakenOut = ({ resolved = true }: { resolved?: boolean }) => resolved || claim.crowded === true;
      const ended = 'leaseOwner, leaseUntil';
      switch (settlement.outcome) {
        case 'delivered':
          return update(
            claim,
            `SET outcome = :outcome, #object = :object, delivered = :delivered, expiresAt = :expires REMOVE ${ended}, reason, nextTryAt, tried DELETE unresolved :attempt`,
            {
              ...own,
              ':outcome': settlement.outcome,
              ':object': settlement.object,
              ':delivered': settlement.delivered,
              ':expires': expiresAt(),
            },
            { '#object': 'object' },
          );
        case 'released': {
          const { delivered, heldUntil } = settlement;
          const resolved = isTakenOut(settlement);
          const set = [...(delivered ? ['delivered = :delivered'] : []), ...(heldUntil ? ['leaseUntil = :held'] : [])];
          return update(
            claim,
            `${set.length > 0 ? `SET ${set.join(', ')} ` : ''}REMOVE ${heldUntil ? 'leaseOwner' : ended}` +
              (resolved ? ' DELETE unresolved :attempt' : ''),
            {
              ...(resolved && own),
              ...(delivered && { ':delivered': delivered }),
              ...(heldUntil && { ':held': heldUntil }),
            },
          );
        }
        default: {
          const { outcome, object, anew = false, heldUntil } = settlement;
          const resolved = isTakenOut(settlement);
          const reason = settlement.reason.slice(0, longestReason);
          const nextTryAt = settlement.outcome === 'retrying' ? settlement.nextTryAt : undefined;
          return update(
            claim,
            `SET outcome = :outcome, reason = :reason, tried = :tried${object ? ', #object = :object' : ''}${nextTryAt === undefined ? '' : ', nextTryAt = :nextTryAt'}${heldUntil === undefined ? '' : ', leaseUntil = :held'}` +
              ` REMOVE leaseOwner${heldUntil === undefined ? ', leaseUntil' : ''}${object ? '' : ', #object'}${object && !anew ? '' : ', delivered'}${nextTryAt === undefined ? ', nextTryAt' : ''}` +
              (resolved ? ' DELETE unresolved :attempt' : ''),
            {
              ...(resolved && own),
              ':outcome': outcome,
              ':reason': reason,
              ':tried': claim.recency,
              ...(object && { ':object': object }),
              ...(nextTryAt !== undefined && { ':nextTryAt': nextTryAt }),
              ...(heldUntil !== undefined && { ':held': heldUntil }),
            },
            { '#object': 'object' },
          );
        }
      }
    },
  };
};
