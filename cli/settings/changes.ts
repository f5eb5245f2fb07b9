/** A value that a file would add, remove or change. `undefined` is no value. */
export type Change = { path: string; before: unknown; after: unknown };

/** The differences of two JSON values, by path. An array of objects with names is compared by name, not by position. */
export function changesBetween(before: unknown, after: unknown, path = ''): Change[] {
  const [one, other] = [partsOf(before), partsOf(after)];
  if (one === undefined || other === undefined) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  }
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].flatMap((key) => changesBetween(one.get(key), other.get(key), path === '' ? key : `${path}.${key}`));
}

/** The parts of an object or array by their key. Undefined for any other value. */
function partsOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map(nameOf);
  const areNames = new Set(names).size === names.length && !names.includes(undefined);
  return new Map(value.map((part: unknown, at) => [areNames ? String(names[at]) : String(at), part]));
}

function nameOf(value: unknown): string | undefined {
  const isNamed = typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
  return isNamed ? String(value.name) : undefined;
}
