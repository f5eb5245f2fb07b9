import { RelatedId } from '../../lime/wire.ts';
import { momentOf } from './time.ts';

/** One form for a value as it is written and as Lime returns it, so that both can be compared. Empty for no value. */
export function storedForm(value: unknown, type: string): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value
      .map((one) => keyOf(one))
      .sort()
      .join('\n');
  if (times.includes(type)) return String(momentOf(value)?.getTime() ?? value);
  if (type === 'belongsto' || type === 'hasone') return String(RelatedId.safeParse(value).data ?? '');
  return keyOf(value).replace(/\r\n?/g, '\n').trim();
}

const times = ['time', 'date', 'month', 'quarter', 'year'];

/** Lime returns an option as its key or as an object with it. The key `empty` is that of no option. */
function keyOf(value: unknown): string {
  const key = typeof value === 'object' && value !== null && 'key' in value ? value.key : value;
  return key === 'empty' ? '' : String(key);
}
