import type { DigestReader } from '../../ledger/written-digests.ts';
import { createObject } from '../../lime/requests.ts';
import { Limeobject } from '../../lime/wire.ts';
import type { RowPlan } from '../../mapping/plan/parts.ts';
import { digestOf } from '../../notes/entry.ts';
import { queryAll, sameText, throwIfObjectGone, type WriteContext } from './context.ts';

const rowDigest = digestOf('conversation row');

/**
 * Writes the conversation's own row, once. Returns its digest if Lime has it now and `known` does not contain it yet.
 */
export async function writeRow(context: WriteContext, known: DigestReader): Promise<string[]> {
  const { plan, isOlder, reconcileFirst, lime, object } = context;
  const row = plan.conversationRow;
  if (row === undefined || isOlder || known.has({ digest: rowDigest })) return [];
  if (!reconcileFirst || !(await isThere(context, row))) {
    const { property, value } = row.identify;
    const values = { ...row.values, [property]: value, [row.relation]: object.id };
    await throwIfObjectGone(context, lime(createObject(row.limetype, values), Limeobject));
  }
  return [rowDigest];
}

async function isThere({ lime, object }: WriteContext, { limetype, identify, relation }: RowPlan): Promise<boolean> {
  const { property, value } = identify;
  const rows = await queryAll(lime, limetype, [property], {
    op: 'AND',
    exp: [
      { key: property, op: '=', exp: value },
      { key: relation, op: '=', exp: object.id },
    ],
  });
  return rows.some((one) => sameText(one[property], value));
}
