import type { Limetype } from '../../lime/wire.ts';
import { isEmpty, valueAt } from '../../userlike/value-at.ts';
import type { Draft } from '../draft.ts';
import type { Omission } from '../omission.ts';
import type { Recent } from '../settings/attach.ts';
import type { Conditions } from '../settings/source.ts';
import { toWire } from '../values/value.ts';
import { notAProperty, type Values } from './convert.ts';
import type { Found } from './found.ts';
import type { PlanContext } from './parts.ts';

/** Which limeobjects a conversation may be attached to. */
export type AttachPlan = {
  /** The limeobject that the conversation names, or the words for a name that cannot be one. */
  named?: { id: number } | { unknown: string };
  /** The property whose value the limeobject shares: a relation's, or one with the conversation's own value. */
  property: string;
  by: 'person' | 'company' | { value: string | number | undefined };
  open: Fitting;
  closed?: Fitting & { values: Values };
  onSeveral: 'newest' | 'oldest' | 'none';
};

/** What a limeobject must have. */
export type Fitting = { where: Conditions; recent?: Recent | undefined };

/** Properties that every limeobject has and no metadata list. */
export const systemTimes: readonly string[] = ['_createdtime', '_timestamp'];

/** What the settings ask for in this tenant, or the reason why it cannot be asked. */
export function attachOf(
  draft: Draft,
  limetype: Limetype,
  { convert, path }: PlanContext,
): { attach?: AttachPlan; impossible?: Omission } {
  const { attach, relations } = draft.instance;
  if (attach === undefined) return {};
  const { by, where, recent, reopen, onSeveral } = attach;
  const isRelation = by === 'person' || by === 'company';
  const property = isRelation ? (relations[by]?.property ?? by) : by || '';
  const needed = [
    ...(by === false ? [] : [[property, 'by']]),
    ...Object.keys(where).map((name) => [name, `where.${name}`]),
    ...Object.keys(reopen?.where ?? {}).map((name) => [name, `reopen.where.${name}`]),
    ...[recent, reopen?.recent].flatMap((one) => (one === undefined ? [] : [[one.property, 'recent.property']])),
  ] as const;
  for (const [name = '', at] of needed) {
    if (limetype.properties.has(name) || systemTimes.includes(name)) continue;
    return { impossible: { ...notAProperty(limetype, name, `${path}.attach.${at}`), of: 'limeobject' } };
  }
  const values: Values = {};
  for (const [name, constant] of Object.entries(reopen?.properties ?? {})) {
    const value = convert.value(limetype, name, constant, `${path}.attach.reopen.properties.${name}`);
    if (value !== undefined) values[name] = value;
  }
  return {
    attach: {
      ...namedOf(draft),
      property,
      by: isRelation ? by : { value: attachValue(draft, limetype) },
      open: { where, recent },
      ...(reopen && { closed: { where: reopen.where, recent: reopen.recent, values } }),
      onSeveral,
    },
  };
}

/** The limeobject that the conversation names: `1500` or `helpdesk/1500`. */
function namedOf({ instance: { attach, limetype }, payload }: Draft): Pick<AttachPlan, 'named'> {
  const value = attach?.path === undefined ? undefined : valueAt(payload, attach.path);
  if (attach?.path === undefined || isEmpty(value)) return {};
  const [, type = limetype, id] = /^(?:(\w{1,64})\/)?([1-9]\d{0,14})$/.exec(String(value).trim()) ?? [];
  const isOwn = id !== undefined && type.toLowerCase() === limetype.toLowerCase();
  return { named: isOwn ? { id: Number(id) } : { unknown: attach.path } };
}

/** The conversation's value of the property that limeobjects must share. Undefined if there is none. */
export function attachValue({ instance, values, settings }: Draft, limetype: Limetype): string | number | undefined {
  const by = instance.attach?.by || '';
  const property = limetype.properties.get(by);
  const converted = property && toWire(values[by], property, settings.timeZone);
  if (converted === undefined || !('value' in converted)) return undefined;
  return typeof converted.value === 'string' || typeof converted.value === 'number' ? converted.value : undefined;
}

/** The value that a limeobject of this conversation has in the plan's property. Undefined if there is nobody. */
export function sharedValue({ by }: AttachPlan, found: Found): string | number | undefined {
  if (typeof by === 'object') return by.value;
  const match = found[by];
  return match.kind === 'one' ? match.id : undefined;
}
