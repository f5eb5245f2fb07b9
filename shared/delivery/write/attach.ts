import type { KnownObject } from '../../ledger/states.ts';
import { readObject, updateObject } from '../../lime/requests.ts';
import { Changed, Limeobject } from '../../lime/wire.ts';
import type { Omission } from '../../mapping/omission.ts';
import { type Choice, fits } from '../../mapping/plan/candidates.ts';
import { unwrittenEntries } from '../../notes/written/new-entries.ts';
import { type ObjectContext, throwIfGone } from './context.ts';
import { valuesHash, type WrittenObject } from './update.ts';

/**
 * Binds the conversation to a limeobject of the tenant before anything is written, so that every later attempt writes to
 * the same one.
 * @param known the limeobject as the ledger knows it
 */
export async function attachTo(
  context: ObjectContext,
  known: KnownObject,
  { isClosed }: { isClosed: boolean },
): Promise<WrittenObject> {
  const { found, record, advance } = context;
  const object: KnownObject = { ...known, values: valuesHash({}), links: {}, attached: true };
  await record(object);
  advance({ type: 'object', object });
  if (isClosed) await reopen(context, object);
  return { created: false, object, found, kept: [] };
}

/** The context of a limeobject that people made: its properties and links are theirs. */
export function withoutValues(context: ObjectContext): ObjectContext {
  return { ...context, plan: { ...context.plan, update: {}, relations: {} } };
}

/** Reopens the known limeobject if it is closed and the conversation has new messages. Costs a read if it has. */
export async function reopenIfClosed(context: ObjectContext, object: KnownObject): Promise<void> {
  const { plan, draft, delivered, lime, acceptedAt } = context;
  const closed = plan.attach?.closed;
  if (closed === undefined) return;
  const fresh = unwrittenEntries(draft.entries, delivered, { isOlder: false });
  if (!fresh.some(({ message }) => message !== undefined)) return;
  const there = await throwIfGone(lime(readObject(plan.limetype, object.id), Limeobject));
  if (fits(there, closed, acceptedAt)) await reopen(context, object);
}

async function reopen({ plan, lime }: ObjectContext, { id }: KnownObject): Promise<void> {
  const { values = {} } = plan.attach?.closed ?? {};
  if (Object.keys(values).length === 0) return;
  await throwIfGone(lime(updateObject(plan.limetype, id, values), Changed));
}

/** The remarks of a note whose conversation was not attached to the limeobject that it names, or to none of several. */
export function remarksOn(choice: Choice, missing?: string): Omission[] {
  const about = { path: 'attach', of: 'limeobject' } as const;
  const remarks: Omission[] = [];
  if (missing !== undefined) {
    remarks.push({ ...about, message: `not attached: ${missing} is not in Lime`, rule: 'notInLime', type: missing });
  }
  if (choice.kind === 'several') {
    const type = choice.ids.join(', ');
    remarks.push({ ...about, message: `not attached: several fit (${type})`, rule: 'severalFit', type });
  }
  if (choice.kind === 'refused') {
    remarks.push({ ...about, message: 'not attached: Lime refuses the search', rule: 'refused' });
  }
  return remarks;
}
