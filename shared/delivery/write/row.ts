import type { DigestReader } from '../../ledger/written-digests.ts';
import { createObject } from '../../lime/requests.ts';
import { Limeobject } from '../../lime/wire.ts';
import type { RowPlan } from '../../mapping/plan/parts.ts';
import { digestOf } from '../../notes/entry.ts';
import { type Beside, queryAll, sameText, whileThere } from './writing.ts';

const rowDigest = digestOf('conversation row');

/** Writes the conversation's own row, once. Returns the digest of what Lime has now and `known` does not tell yet. */
export const writeRow = async (beside: Beside, known: DigestReader): Promise<string[]> => {
  const { plan, progress, lime, id, look } = beside;
  const row = plan.conversationRow;
  if (row === undefined || progress.isOlder || known.has({ digest: rowDigest })) return [];
  if (!look || !(await isThere(beside, row))) {
    const { property, value } = row.identify;
    const values = { ...row.values, [property]: value, [row.relation]: id };
    await whileThere(beside, lime(createObject(row.limetype, values), Limeobject));
    progress.partial = true;
  }
  return [rowDigest];
};

const isThere = async ({ lime, id }: Beside, { limetype, identify, relation }: RowPlan): Promise<boolean> => {
  const { property, value } = identify;
  const rows = await queryAll(lime, limetype, [property], {
    op: 'AND',
    exp: [
      { key: property, op: '=', exp: value },
      { key: relation, op: '=', exp: id },
    ],
  });
  return rows.some((one) => sameText(one[property], value));
};
