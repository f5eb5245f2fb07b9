import type { Property } from '../../../shared/lime/wire.ts';
import { idTemplate } from '../../../shared/mapping/settings/identify.ts';
import { nearest } from '../../../shared/mapping/settings/nearest.ts';
import { sameMeaning } from '../../tenant/meanings.ts';

/** Types of properties that get their value only from the limeobject's relations. */
export const ids = ['belongsto', 'hasone', 'user', 'file'];
export const numbers = ['integer', 'decimal', 'percent'];
export const times = ['time', 'date', 'month', 'quarter', 'year'];

type Described = Pick<Property, 'name' | 'type' | 'options' | 'length' | 'localname' | 'label'>;

/** A source that would satisfy a required property. Undefined for limeobjects, files and options without keys. */
export function sourceFor(property: Described): string | undefined {
  const source = sourceOf(property);
  return source === undefined ? undefined : `"${property.name}": ${JSON.stringify(source)}`;
}

function sourceOf(property: Described): Record<string, unknown> | undefined {
  const { type, length } = property;
  if (ids.includes(type)) return undefined;
  const value = constantFor(property);
  if (value !== undefined) return { value };
  if (type === 'option' || type === 'set') return undefined;
  if (times.includes(type)) return { path: 'created_at' };
  if (type === 'link') return { template: 'https://userlike.com/en/umc#/conversation/{{ id }}' };
  return pathFor(property) ?? { template: idTemplate(length) };
}

/** A path of the contact, with a default, for a text whose name says what it holds. */
function pathFor(property: Described): Record<string, unknown> | undefined {
  const isEmail = sameMeaning('email', [property]) !== undefined;
  const isPhone = property.type === 'phone' || sameMeaning('phone', [property]) !== undefined;
  if (!isEmail && !isPhone) return undefined;
  return { path: isEmail ? 'contact.email' : 'contact.phone_number', default: '-' };
}

function constantFor({ type, options }: Described): string | number | boolean | undefined {
  if (numbers.includes(type)) return 0;
  if (type === 'yesno') return false;
  return type === 'option' || type === 'set' ? options?.find((key) => key !== 'empty') : undefined;
}

/** A default that the property takes, or another source where no constant makes sense. */
export function defaultFor(property: Described): string | undefined {
  const constant = constantFor(property);
  if (constant !== undefined) return `"default": ${JSON.stringify(constant)}`;
  if (times.includes(property.type)) return '"path": "created_at", which every conversation has';
  if (ids.includes(property.type) || property.type === 'option' || property.type === 'set') return undefined;
  return `"default": ${JSON.stringify('Unknown'.slice(0, property.length))}`;
}

/** The active option whose key or text is nearest to the given value. */
export function keyFor({ type, options, choices = [] }: Property, value: unknown): string | undefined {
  if (type !== 'option' && type !== 'set') return undefined;
  const active = choices.filter(({ inactive }) => !inactive);
  const text = String(value);
  const key = nearest(text, options ?? []);
  const read = nearest(
    text,
    active.map((choice) => choice.text),
  );
  const meant = key ?? active.find((choice) => choice.text === read)?.key;
  if (meant !== undefined) return meant;
  const keys = (options ?? []).filter((option) => option !== 'empty').slice(0, 8);
  return keys.length === 0 ? undefined : `one of ${keys.join(', ')}`;
}
