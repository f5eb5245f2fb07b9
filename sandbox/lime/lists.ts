import * as z from 'zod';
import { comparable, compare, operandOfText, ordered } from '../data/conditions.ts';
import { type Field, fieldOf } from '../data/fields.ts';
import { objectOut } from '../data/render.ts';
import type { Limetype } from '../data/schema.ts';
import type { Row } from '../data/store.ts';
import { ValidationError } from '../http/errors.ts';
import { type LimeRequest, parsed, renderingFor } from './request.ts';

const DEFAULT_PAGE = 10;
/** The page size of all public clients. Lime publishes no maximum. */
const LARGEST_PAGE = 50;

const count = z.coerce.number().int().nonnegative();
const Paging = z.object({
  _limit: count.min(1).default(DEFAULT_PAGE),
  _offset: count.default(0),
  _offset_id: count.optional(),
});

type Test = (row: Row) => boolean;

/** The relations to embed. Lime embeds only belongsto and file. */
export function embedsOf(limetype: Limetype, search: URLSearchParams): string[] {
  const names = search.getAll('_embed');
  for (const name of names) {
    const type = limetype.properties.get(name)?.type;
    if (type !== 'belongsto' && type !== 'file')
      throw new ValidationError({ _embed: [`'${name}' cannot be embedded`] });
  }
  return names;
}

const controls = ['_limit', '_offset', '_offset_id', '_sort', '_embed'];

/**
 * One page of a list. Whole lists are paged by `_offset_id` (the last id of the previous page), filtered, sorted and
 * related ones by `_offset`, as published responses show. There is no total count.
 *
 * @param path below the application
 * @param owner for a related list: the property that points back, and its id
 */
export function collectionOf(
  request: LimeRequest,
  limetype: Limetype,
  path: string,
  owner?: { property: string; id: number },
): object {
  const { tenant, search, base } = request;
  const paging = parsed(Paging, Object.fromEntries(search));
  const limit = Math.min(paging._limit, LARGEST_PAGE);
  const embeds = embedsOf(limetype, search);
  const tests = [...search]
    .filter(([name]) => !controls.includes(name))
    .map(([name, raw]) => testOf(limetype, name, raw));
  const sort = search.getAll('_sort');
  const fromId = paging._offset_id;
  const rows = sorted(
    limetype,
    tenant.store
      .all(limetype.name)
      .filter((row) => owner === undefined || row.values[owner.property] === owner.id)
      .filter((row) => tests.every((test) => test(row)) && (fromId === undefined || row.id > fromId)),
    sort,
  );
  const page = rows.slice(paging._offset, paging._offset + limit);
  const last = page.at(-1);

  const links: Record<string, { href: string }> = { self: { href: hrefOf(`${base}${path}`, [...search]) } };
  if (last !== undefined && rows.length > paging._offset + limit) {
    const byId = tests.length === 0 && sort.length === 0 && owner === undefined;
    const cursor: [string, string] = byId
      ? ['_offset_id', String(last.id)]
      : ['_offset', String(paging._offset + limit)];
    const rest = [...search].filter(([name]) => name !== '_offset' && name !== '_offset_id' && name !== '_limit');
    links.next = { href: hrefOf(`${base}${path}`, [cursor, ['_limit', String(limit)], ...rest]) };
  }
  const limeobjects = page.map((row) => objectOut(renderingFor(request), limetype, row, embeds));
  const bare = limeobjects.length === 0 && tenant.settings.emptyLists === 'absent';
  return { _links: links, ...(bare ? {} : { _embedded: { limeobjects } }) };
}

/** The test of a filter: `name=`, `min-name=`, `max-name=` or `not-name=`. All must hold; there is no OR and no IN. */
function testOf(limetype: Limetype, parameter: string, raw: string): Test {
  const [, operator, name = ''] = /^(?:(min|max|not)-)?(.*)$/s.exec(parameter) ?? [];
  const field = fieldFor(limetype, parameter, name);
  const operand = operandOfText(field, raw);
  if (operand === undefined) throw new ValidationError({ [parameter]: [`'${raw}' does not fit field '${name}'`] });
  const value = (row: Row) => comparable(field.read(row));
  if (operator === 'min') return (row) => ordered(value(row), operand, (sign) => sign >= 0);
  if (operator === 'max') return (row) => ordered(value(row), operand, (sign) => sign <= 0);
  return (row) => (value(row) === operand) === (operator === undefined);
}

function fieldFor(limetype: Limetype, parameter: string, name: string): Field {
  const field = fieldOf(limetype, name);
  if (field === undefined)
    throw new ValidationError({ [parameter]: [`Limetype '${limetype.name}' has no field '${name}'`] });
  return field;
}

function sorted(limetype: Limetype, rows: Row[], keys: readonly string[]): Row[] {
  const fields = keys.map((key) => {
    const sign = key.startsWith('-') ? -1 : 1;
    return { sign, field: fieldFor(limetype, '_sort', key.replace(/^-/, '')) };
  });
  return rows.sort((one, other) => {
    for (const { sign, field } of fields) {
      const difference = compare(comparable(field.read(one)), comparable(field.read(other)));
      if (difference !== 0) return sign * difference;
    }
    return one.id - other.id;
  });
}

function hrefOf(url: string, parameters: [name: string, value: string][]): string {
  const query = new URLSearchParams(parameters).toString();
  return query === '' ? url : `${url}?${query}`;
}
