import * as z from 'zod';
import { ValidationError } from '../http/errors.ts';
import { type Comparable, comparable, compare, operandOf, ordered } from './conditions.ts';
import { type Field, fieldAt, fieldOf, follow, limetypeOf, relatedLimetype } from './fields.ts';
import { valueOut } from './render.ts';
import type { Limetype, Schema } from './schema.ts';
import type { Row, Store } from './store.ts';

const Comparison = z.enum(['=', '!=', '>', '<', '>=', '<=', '?', '=?', 'IN']);

type Expression =
  | { op: 'AND' | 'OR'; exp: Expression[] }
  | { op: '!'; exp: Expression }
  | { key: string; op: z.infer<typeof Comparison>; exp?: unknown };

const Expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.strictObject({ op: z.enum(['AND', 'OR']), exp: z.array(Expression) }),
    z.strictObject({ op: z.literal('!'), exp: Expression }),
    z.strictObject({ key: z.string(), op: Comparison, exp: z.unknown() }),
  ]),
);

type Output = null | string | { [name: string]: Output };
const Output: z.ZodType<Output> = z.lazy(() => z.union([z.null(), z.string(), z.record(z.string(), Output)]));

/**
 * A query for Lime's Query API. It is strict, so that unsupported parts (aggregates, `$me`) are refused, not ignored.
 * Lime publishes neither default nor maximum of `limit`. Its own n8n node uses pages of 200.
 */
export const Query = z.strictObject({
  limetype: z.string(),
  responseFormat: z.strictObject({ object: z.record(z.string(), Output) }),
  filter: z.union([Expression, z.strictObject({}).transform(() => undefined)]).optional(),
  orderBy: z.array(z.record(z.string(), z.enum(['ASC', 'DESC']))).default([]),
  limit: z.int().min(1).max(200).default(50),
  offset: z.int().nonnegative().default(0),
});
export type Query = z.infer<typeof Query>;

type Source = { schema: Schema; store: Store };
type Test = (row: Row) => boolean;

const textTests = {
  '?': (text: string, part: string) => text.includes(part),
  '=?': (text: string, part: string) => text.startsWith(part),
};

const orderTests = {
  '>': (sign: number) => sign > 0,
  '<': (sign: number) => sign < 0,
  '>=': (sign: number) => sign >= 0,
  '<=': (sign: number) => sign <= 0,
};

type OptionShape = 'key' | 'object';
type Show = (row: Row) => unknown;

function shown(source: Source, limetype: Limetype, format: Record<string, Output>, options: OptionShape): Show {
  const parts = Object.entries(format)
    .filter(([name]) => name !== '_alias')
    .map(([name, output]) => {
      const alias = typeof output === 'object' && output !== null ? output._alias : undefined;
      const as = typeof alias === 'string' ? alias : name;
      return { as, show: shownField(source, limetype, name, output, options) };
    });
  return (row) => Object.fromEntries(parts.map(({ as, show }) => [as, show(row)]));
}

function shownField(source: Source, limetype: Limetype, name: string, format: Output, options: OptionShape): Show {
  const field = fieldOf(limetype, name);
  if (field === undefined) throw invalid(`Limetype '${limetype.name}' has no field '${name}' to show`);
  const nested = typeof format === 'object' && format !== null ? Object.keys(format) : [];
  if (typeof format === 'object' && format !== null && nested.some((key) => key !== '_alias')) {
    const related = relatedLimetype(source.schema, limetype, name);
    if (related === undefined) throw invalid(`Field '${name}' of '${limetype.name}' leads to no other limetype`);
    const show = shown(source, related, format, options);
    return (row) => {
      const other = follow(source.store, related, field.read(row));
      return other === undefined ? null : show(other);
    };
  }
  const { type } = field.property;
  return options === 'key' && (type === 'option' || type === 'set')
    ? field.read
    : (row) => valueOut(field.property, field.read(row));
}

function invalid(text: string) {
  return new ValidationError({ q: [text] });
}

/** @throws {ValidationError} for a key, a value or an output that the limetype does not have */
export function evaluate(query: Query, source: Source, options: OptionShape): unknown[] {
  const limetype = limetypeOf(source.schema, query.limetype);
  const { filter } = query;
  const test = filter !== undefined ? testOf(source, limetype, filter) : () => true;
  const show = shown(source, limetype, query.responseFormat.object, options);
  return source.store
    .all(limetype.name)
    .filter(test)
    .sort(orderOf(source, limetype, query.orderBy))
    .slice(query.offset, query.offset + query.limit)
    .map(show);
}

function testOf(source: Source, limetype: Limetype, expression: Expression): Test {
  if (!('key' in expression)) {
    if (expression.op === '!') {
      const test = testOf(source, limetype, expression.exp);
      return (row) => !test(row);
    }
    const tests = expression.exp.map((part) => testOf(source, limetype, part));
    return expression.op === 'AND'
      ? (row) => tests.every((test) => test(row))
      : (row) => tests.some((test) => test(row));
  }
  return comparisonTest(fieldFor(source, limetype, expression.key), expression.op, expression.exp);
}

function comparisonTest(field: Field, op: z.infer<typeof Comparison>, raw: unknown): Test {
  const value: (row: Row) => Comparable = (row) => comparable(field.read(row));
  switch (op) {
    case 'IN': {
      if (!Array.isArray(raw)) throw invalid(`Operator IN on '${field.property.name}' takes a list`);
      const operands = new Set(raw.map((entry) => operandFor(field, entry)));
      return (row) => operands.has(value(row));
    }
    case '?':
    case '=?': {
      const part = operandFor(field, raw);
      if (typeof part !== 'string') throw invalid(`Operator ${op} on '${field.property.name}' takes a text`);
      return (row) => {
        const text = value(row);
        return typeof text === 'string' && textTests[op](text, part);
      };
    }
    case '=':
    case '!=': {
      const operand = operandFor(field, raw);
      return (row) => (value(row) === operand) === (op === '=');
    }
    default: {
      const operand = operandFor(field, raw);
      return (row) => ordered(value(row), operand, orderTests[op]);
    }
  }
}

/** @throws {ValidationError} if the value does not fit the field's type */
function operandFor(field: Field, raw: unknown): Comparable {
  const operand = operandOf(field, raw);
  if (operand === undefined) throw invalid(`Field '${field.property.name}' cannot be compared with ${typeof raw}`);
  return operand;
}

function fieldFor({ schema, store }: Source, limetype: Limetype, key: string): Field {
  const field = fieldAt(schema, store, limetype, key);
  if (field === undefined) throw invalid(`Limetype '${limetype.name}' has no field '${key}' to filter or sort by`);
  return field;
}

function orderOf(source: Source, limetype: Limetype, orderBy: Query['orderBy']): (one: Row, other: Row) => number {
  const keys = orderBy
    .flatMap((entry) => Object.entries(entry))
    .map(([key, direction]) => ({ field: fieldFor(source, limetype, key), sign: direction === 'ASC' ? 1 : -1 }));
  return (one, other) => {
    for (const { field, sign } of keys) {
      const difference = compare(comparable(field.read(one)), comparable(field.read(other)));
      if (difference !== 0) return sign * difference;
    }
    return one.id - other.id;
  };
}
