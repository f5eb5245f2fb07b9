import type { KnownObject } from '../../ledger/states.ts';
import type { Limeobject } from '../../lime/wire.ts';
import type { Omission } from '../../mapping/omission.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { storedForm } from '../../mapping/values/stored-form.ts';
import type { ObjectContext } from './context.ts';

/** Hashes by property. */
export type WrittenValues = NonNullable<KnownObject['written']>;

type Guarded = {
  /** All values to write. */
  values: Values;
  /** The properties among them that people may have changed, and the hashes of what is written. */
  guarded: WrittenValues;
  /** The hashes of the ledger, and those of values that Lime has already. */
  written: WrittenValues;
  omitted: Omission[];
};

/**
 * Leaves out values of `unlessChanged` properties that are as they were written last, or that somebody has changed in
 * Lime. Reads Lime only if such a value would change.
 */
export async function withoutChanged(
  { plan, hash }: ObjectContext,
  object: KnownObject,
  read: () => Promise<Limeobject>,
): Promise<Guarded> {
  const values = { ...plan.update };
  const guarded: WrittenValues = {};
  const written = { ...object.written };
  const omitted: Omission[] = [];
  for (const [name, type] of Object.entries(plan.unlessChanged ?? {})) {
    if (!Object.hasOwn(values, name)) continue;
    const wanted = hash(storedForm(values[name], type));
    const last = written[name];
    const isUnclear = object.values === '';
    if (!isUnclear && last?.includes(wanted)) {
      delete values[name];
      continue;
    }
    const there = await read();
    const form = storedForm(there[name], type);
    const isOurs = last === undefined ? form === '' : last.includes(hash(form));
    if (!Object.hasOwn(there, name)) {
      omitted.push({
        path: `properties.${name}`,
        message: `${name} is not shown by Lime`,
        rule: 'notReadable',
        field: name,
      });
    }
    if (hash(form) === wanted) written[name] = [wanted];
    else if (isOurs && Object.hasOwn(there, name)) {
      guarded[name] = [wanted];
      continue;
    }
    delete values[name];
  }
  return { values, guarded, written, omitted };
}

/**
 * The hashes of what Lime has after a write. Its response shows also what Lime itself has set or changed.
 * @param names the properties that the write has changed, by default all
 */
export function writtenIn(
  { plan, hash }: ObjectContext,
  values: object,
  response: object | null,
  names: readonly string[] = Object.keys(plan.unlessChanged ?? {}),
): WrittenValues {
  const sent: Record<string, unknown> = { ...values };
  const shown: Record<string, unknown> = { ...response };
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = [sent, shown].filter((one) => Object.hasOwn(one, name)).map((one) => one[name]);
      const hashes = new Set(given.map((value) => hash(storedForm(value, plan.unlessChanged?.[name] ?? ''))));
      return hashes.size === 0 ? [] : [[name, [...hashes]]];
    }),
  );
}

/** Until Lime answers, it may hold the former values or the new ones. */
export function eitherValue(written: WrittenValues, guarded: WrittenValues): WrittenValues {
  return Object.fromEntries(
    Object.keys({ ...written, ...guarded }).map((name) => [
      name,
      [...new Set([...(written[name] ?? []), ...(guarded[name] ?? [])])],
    ]),
  );
}
