/** Changes of an item, by attribute. A dot leads into a map. */
export type Changes = {
  /** A value of undefined removes the attribute. */
  set?: Readonly<Record<string, unknown>>;
  /** Adds to a number or a set. */
  add?: Readonly<Record<string, unknown>>;
  /** Removes from a set. */
  delete?: Readonly<Record<string, unknown>>;
};

/** Renders a condition with placeholders for its attributes and values. */
export type Condition = (terms: Terms) => string;

export function isMissing(path: string): Condition {
  return ({ name }) => `attribute_not_exists(${name(path)})`;
}

export function exists(path: string): Condition {
  return ({ name }) => `attribute_exists(${name(path)})`;
}

export function compares(path: string, operator: '=' | '<>' | '<=', to: unknown): Condition {
  return ({ name, value }) => `${name(path)} ${operator} ${value(to)}`;
}

/** True if a set has fewer members. False if the set is missing, because it has no size. */
export function isSmaller(path: string, than: number): Condition {
  return ({ name, value }) => `size(${name(path)}) < ${value(than)}`;
}

export function either(...conditions: readonly Condition[]): Condition {
  return (terms) => `(${conditions.map((condition) => condition(terms)).join(' OR ')})`;
}

export function all(...conditions: readonly Condition[]): Condition {
  return (terms) => conditions.map((condition) => condition(terms)).join(' AND ');
}

/** The parameters of an UpdateCommand. Every attribute has a placeholder, because several are reserved words. */
export type UpdateExpression = {
  UpdateExpression: string;
  ConditionExpression?: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
};

export function updateExpression(changes: Changes, condition?: Condition): UpdateExpression {
  const terms = createTerms();
  const { name, value } = terms;
  const set = Object.entries(changes.set ?? {});
  const clauses = {
    SET: set.flatMap(([path, to]) => (to === undefined ? [] : [`${name(path)} = ${value(to)}`])),
    REMOVE: set.flatMap(([path, to]) => (to === undefined ? [name(path)] : [])),
    ADD: Object.entries(changes.add ?? {}).map(([path, by]) => `${name(path)} ${value(by)}`),
    DELETE: Object.entries(changes.delete ?? {}).map(([path, members]) => `${name(path)} ${value(members)}`),
  };
  const UpdateExpression = Object.entries(clauses)
    .flatMap(([keyword, parts]) => (parts.length === 0 ? [] : [`${keyword} ${parts.join(', ')}`]))
    .join(' ');
  const ConditionExpression = condition?.(terms);
  return {
    UpdateExpression,
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ExpressionAttributeNames: terms.names,
    ...(Object.keys(terms.values).length > 0 && { ExpressionAttributeValues: terms.values }),
  };
}

/** Placeholders of one update, assigned while its attributes and values are rendered. */
type Terms = { name: (path: string) => string; value: (value: unknown) => string };

function createTerms(): Terms & { names: Record<string, string>; values: Record<string, unknown> } {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  return {
    names,
    values,
    name: (path) =>
      path
        .split('.')
        .map((attribute) => {
          names[`#${attribute}`] = attribute;
          return `#${attribute}`;
        })
        .join('.'),
    value: (value) => {
      const placeholder = `:${Object.keys(values).length}`;
      values[placeholder] = value;
      return placeholder;
    },
  };
}
