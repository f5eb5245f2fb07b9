import fc from 'fast-check';
import { Raw } from './json.ts';

/** Replaces a value to remove its key. */
export const removed = Symbol('removed');

/** A change at a path. */
export type Edit = { path: readonly string[]; change: (value: unknown) => unknown };

/** A path below one of the keys of a value. Most go further down than the key. */
export function aPathBelow(value: unknown, keys: readonly string[] = keysOf(value)): fc.Arbitrary<readonly string[]> {
  return fc.constantFrom(...keys).chain((key) => {
    const child: unknown = isContainer(value) ? Reflect.get(value, key) : undefined;
    const here = fc.constant([key]);
    if (keysOf(child).length === 0) return here;
    const below = aPathBelow(child).map((path) => [key, ...path]);
    return fc.oneof({ weight: 3, arbitrary: here }, { weight: 7, arbitrary: below });
  });
}

/** Carries out an edit in place. Does nothing if an earlier edit has taken its path away. */
export function applyEdit(root: unknown, { path, change }: Edit): void {
  const key = path.at(-1);
  const parent = path.slice(0, -1).reduce((value: unknown, step) => {
    return isContainer(value) && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
  }, root);
  if (key === undefined || !isContainer(parent)) return;
  const value = change(Reflect.get(parent, key));
  if (value !== removed) {
    Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
  } else if (Array.isArray(parent)) {
    parent.splice(Number(key), 1);
  } else {
    Reflect.deleteProperty(parent, key);
  }
}

function keysOf(value: unknown): string[] {
  return isContainer(value) ? Object.keys(value) : [];
}

function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null && !(value instanceof Raw);
}
