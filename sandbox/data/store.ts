import { notFound } from '../http/errors.ts';
import type { Disk } from './disk.ts';
import type { Limetype, Schema } from './schema.ts';

/** The stored form: an option's key, a set's keys, the id of a belongsto, user or file, milliseconds of a time or date. */
export type Value = string | number | boolean | null | readonly string[];

export type Values = Readonly<Record<string, Value>>;

export type Row = {
  readonly id: number;
  values: Values;
  readonly createdAt: number;
  changedAt: number;
};

/** Ids start at 1001 for each limetype (seen in published answers of Lime). */
const FIRST_ID = 1001;

export type Store = ReturnType<typeof createStore>;

/** @param disk keeps the limeobjects. Default: in memory only */
export function createStore(schema: Schema, now: () => number, disk?: Disk) {
  const tables = new Map(
    [...schema.keys()].map((name) => {
      const { rows = [], nextId = FIRST_ID } = disk?.rows(name) ?? {};
      return [name, { rows: new Map<number, Row>(rows.map((row) => [row.id, row])), nextId }];
    }),
  );

  const table = (limetype: string) => {
    const found = tables.get(limetype);
    if (found === undefined) throw notFound(`Limetype '${limetype}' not found`);
    return found;
  };

  const find = (limetype: string, id: number): Row | undefined => table(limetype).rows.get(id);

  return {
    find,

    /** All limeobjects in the order of their ids. */
    all: (limetype: string): Row[] => [...table(limetype).rows.values()],

    insert(limetype: string, values: Values): Row {
      const target = table(limetype);
      const at = now();
      const row: Row = { id: target.nextId, values, createdAt: at, changedAt: at };
      target.nextId += 1;
      target.rows.set(row.id, row);
      disk?.saveRow(limetype, row);
      return row;
    },

    update(limetype: string, row: Row, values: Values): void {
      row.values = values;
      row.changedAt = now();
      disk?.saveRow(limetype, row);
    },

    /** Removes a limeobject. Relations to it become empty. */
    remove(limetype: Limetype, id: number): void {
      table(limetype.name).rows.delete(id);
      disk?.removeRow(limetype.name, id);
      for (const other of schema.values()) {
        for (const { name, type, relation } of other.properties.values()) {
          if (type !== 'belongsto' || relation !== limetype.name) continue;
          for (const row of table(other.name).rows.values()) {
            if (row.values[name] !== id) continue;
            row.values = { ...row.values, [name]: null };
            disk?.saveRow(other.name, row);
          }
        }
      }
    },
  };
}
