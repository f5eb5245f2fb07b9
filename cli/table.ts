import { escapeControls, printable } from './printable.ts';

/** A column. The values of a number column are aligned to the right. */
export type Column = { title: string; right?: boolean };

/** A table whose columns are as wide as their longest value. Unknown values are `-`. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  const cells = rows.map((row) => columns.map((_, at) => printable(String(row[at] ?? '-'))));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (values: readonly string[]): string =>
    values
      .map((value, at) => (columns[at]?.right ? value.padStart(widths[at] ?? 0) : value.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...cells.map(line)].join('\n');
}

/** Lines of `name: value` with aligned values. */
export function renderFields(fields: readonly (readonly [string, string | number | undefined])[]): string {
  const width = Math.max(...fields.map(([name]) => name.length)) + 2;
  return fields.map(([name, value]) => `${`${name}:`.padEnd(width)}${printable(String(value ?? '-'))}`).join('\n');
}

/** JSON that is safe to show in a terminal. */
export function renderJson(value: unknown): string {
  return escapeControls(JSON.stringify(value, undefined, 2));
}

/** `1 record`, `2 records`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
