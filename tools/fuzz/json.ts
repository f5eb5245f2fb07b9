import type { Draw } from '../soak/draw.ts';

/** Text that stands in JSON as it is, where `JSON.stringify` could not write it. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Writes JSON, and what is no JSON where a value is Raw. */
export function textOf(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}:${textOf(entry)}`)
    .join(',')}}`;
}

/** Where a value stands. */
export type Place = { get: () => unknown; set: (value: unknown) => void; remove: () => void };

/** A place somewhere below a value, found by going down one of its keys and mostly further; undefined below nothing. */
export function placeBelow(draw: Draw, value: unknown, keys = keysOf(value)): Place | undefined {
  if (!isContainer(value) || keys.length === 0) return undefined;
  const key = draw.pick(keys);
  const child: unknown = Reflect.get(value, key);
  const below = draw.chance(0.7) ? placeBelow(draw, child) : undefined;
  return (
    below ?? {
      get: () => child,
      set: (entry) => {
        Object.defineProperty(value, key, { value: entry, enumerable: true, configurable: true, writable: true });
      },
      remove: () => {
        if (Array.isArray(value)) value.splice(Number(key), 1);
        else Reflect.deleteProperty(value, key);
      },
    }
  );
}

function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null && !(value instanceof Raw);
}

function keysOf(value: unknown): string[] {
  return isContainer(value) ? Object.keys(value) : [];
}
