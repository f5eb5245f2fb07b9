import * as z from 'zod';
import { Delivered, KnownObject, LedgerEntry } from './states.ts';

/** A conversation of an organization. `additional` names the instance of a limeobject besides the main one. */
export type LedgerKey = { organization: string; conversation: string; additional?: string };

/** The table's key: `organization#conversation`, followed by `#instance` for an additional limeobject. */
export function keyOf({ organization, conversation, additional }: LedgerKey) {
  return { pk: `${organization}#${conversation}${additional === undefined ? '' : `#${additional}`}` };
}

const { writtenDigests, ...others } = Delivered.shape;

/** An entry as it is stored, without its key. The attributes keep the names of the first version. */
export const Item = z
  .object({
    leaseOwner: z.string().optional(),
    leaseUntil: z.number().optional(),
    outcome: LedgerEntry.shape.outcome,
    object: KnownObject.optional(),
    delivered: z.object({ ...others, written: writtenDigests }).optional(),
    unresolved: z.set(z.string()).optional(),
    reason: z.string().optional(),
    nextTryAt: z.number().optional(),
    tried: LedgerEntry.shape.tried,
    callId: LedgerEntry.shape.callId,
  })
  .transform(({ leaseOwner, leaseUntil, delivered, unresolved, ...entry }): LedgerEntry => {
    const lease =
      leaseUntil === undefined ? undefined : { ...(leaseOwner && { owner: leaseOwner }), until: leaseUntil };
    return {
      ...entry,
      ...(lease && { lease }),
      ...(delivered && { delivered: deliveredOf(delivered) }),
      unconfirmedAttempts: [...(unresolved ?? [])],
    };
  });

type StoredDelivered = Omit<Delivered, 'writtenDigests'> & { written: Delivered['writtenDigests'] };

function deliveredOf({ written, ...delivered }: StoredDelivered): Delivered {
  return { ...delivered, writtenDigests: written };
}

export function storedDelivered({ writtenDigests: written, ...delivered }: Delivered): StoredDelivered {
  return { ...delivered, written };
}
