import * as z from 'zod';
import { Delivered, KnownObject, LedgerEntry } from './states.ts';

/** A conversation of an organization; `additional` names the instance of a limeobject beside its main one. */
export type LedgerKey = { organization: string; conversation: string; additional?: string };

/** An item of the table, without its key. */
export const Item = z
  .object({
    leaseOwner: z.string().optional(),
    leaseUntil: z.number().optional(),
    outcome: LedgerEntry.shape.outcome,
    object: KnownObject.optional(),
    delivered: Delivered.optional(),
    unresolved: z.set(z.string()).optional(),
    reason: z.string().optional(),
    nextTryAt: z.number().optional(),
    tried: LedgerEntry.shape.tried,
    callId: LedgerEntry.shape.callId,
  })
  .transform(({ leaseOwner, leaseUntil, unresolved, ...entry }): LedgerEntry => {
    const lease =
      leaseUntil === undefined ? undefined : { ...(leaseOwner && { owner: leaseOwner }), until: leaseUntil };
    return { ...entry, ...(lease && { lease }), unresolved: [...(unresolved ?? [])] };
  });

/** The table's key: `organization#conversation`, and `#instance` behind it for an additional limeobject. */
export const keyOf = ({ organization, conversation, additional }: LedgerKey) => ({
  pk: `${organization}#${conversation}${additional === undefined ? '' : `#${additional}`}`,
});
