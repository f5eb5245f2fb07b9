import { type Limeobject, RelatedId } from '../../lime/wire.ts';
import { momentOf } from '../values/time.ts';
import type { AttachPlan, Fitting } from './attach.ts';

/** The limeobject that a conversation is attached to, or the reason for none. */
export type Choice =
  | { kind: 'none' }
  | { kind: 'one'; id: number; isClosed: boolean }
  | { kind: 'several'; ids: number[] }
  /** Lime refuses the search. */
  | { kind: 'refused' };

/**
 * Chooses among limeobjects that share `value`: an open one, else a closed one that may be reopened.
 * @param at ISO time of the conversation
 */
export function choose(rows: readonly Limeobject[], plan: AttachPlan, value: string | number, at: string): Choice {
  const { property, open, closed, onSeveral } = plan;
  const shared = rows.filter((row) => isSame(row[property], value));
  for (const fitting of [open, ...(closed === undefined ? [] : [closed])]) {
    const ids = shared.filter((row) => fits(row, fitting, at)).map(({ _id }) => _id);
    const [first, ...others] = [...new Set(ids)].sort((a, b) => (onSeveral === 'newest' ? b - a : a - b));
    if (first === undefined) continue;
    if (others.length > 0 && onSeveral === 'none') return { kind: 'several', ids: [first, ...others] };
    return { kind: 'one', id: first, isClosed: fitting === closed };
  }
  return { kind: 'none' };
}

/** True if the limeobject fulfils all conditions at this ISO time. */
export function fits(row: Limeobject, { where, recent }: Fitting, at: string): boolean {
  const isFulfilled = Object.entries(where).every(([name, values]) =>
    [values].flat().some((value) => isSame(row[name], value)),
  );
  return isFulfilled && (recent === undefined || isRecent(row[recent.property], recent.days, at));
}

const DAY_MS = 24 * 3_600_000;

function isRecent(time: unknown, days: number, at: string): boolean {
  const moment = momentOf(time);
  return moment !== undefined && Date.parse(at) - moment.getTime() <= days * DAY_MS;
}

/** Compares a value of Lime with one of the settings. An option is returned as its key or as an object with it. */
function isSame(there: unknown, value: string | number | boolean): boolean {
  const related = typeof value === 'number' ? RelatedId.safeParse(there).data : undefined;
  return related === value || folded(keyOf(there)) === folded(value);
}

function keyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'key' in value ? value.key : value;
}

/** Lime's database ignores case and trailing blanks. */
function folded(value: unknown): string {
  return String(value ?? '')
    .trim()
    .toLowerCase();
}
