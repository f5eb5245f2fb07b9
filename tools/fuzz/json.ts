/** Text that goes into JSON unchanged, because `JSON.stringify` could not write it. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Writes JSON, with the text of each Raw in its place. */
export function textOf(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}:${textOf(entry)}`)
    .join(',')}}`;
}
