import * as z from 'zod';
import type { Field } from './fields.ts';
import type { Value } from './store.ts';
import { parseTimeOrDate } from './swedish-time.ts';

/** A value in the form for comparisons. */
export type Comparable = string | number | boolean | null;

/** The value in the form for comparisons. The keys of a set become one text. */
export function comparable(value: Value): Comparable {
  if (typeof value === 'string') return folded(value);
  return typeof value === 'object' && value !== null ? value.join(' ') : value;
}

/** SQL Server's usual collations ignore case and trailing blanks. */
function folded(text: string): string {
  return text.toLowerCase().trimEnd();
}

const times = ['time', 'date', 'month', 'quarter', 'year'];
const numbers = ['integer', 'decimal', 'percent', 'user', 'file', 'belongsto'];

/** The operand of a filter. Undefined if it does not fit the field's type. */
export function operandOf({ property }: Field, raw: unknown): Comparable | undefined {
  if (raw === null) return null;
  if (times.includes(property.type)) return typeof raw === 'string' ? parseTimeOrDate(raw) : undefined;
  if (numbers.includes(property.type)) return typeof raw === 'number' ? raw : undefined;
  if (property.type === 'yesno') return typeof raw === 'boolean' ? raw : undefined;
  return typeof raw === 'string' ? folded(raw) : undefined;
}

const numberText = z
  .string()
  .regex(/^-?\d+(?:\.\d+)?$/)
  .transform(Number);
const booleanText = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });

/** The operand of a query parameter, which is always text. */
export function operandOfText(field: Field, raw: string): Comparable | undefined {
  if (numbers.includes(field.property.type)) return numberText.safeParse(raw).data;
  if (field.property.type === 'yesno') return booleanText.safeParse(raw).data;
  return operandOf(field, raw);
}

/** Negative, 0 or positive, as for `sort`. Empty values come first, as in SQL Server. */
export function compare(one: Comparable, other: Comparable): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}

/** Compares by order. Never true for a field without a value. */
export function ordered(one: Comparable, other: Comparable, holds: (sign: number) => boolean): boolean {
  return one !== null && other !== null && holds(compare(one, other));
}
