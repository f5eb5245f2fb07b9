import { printable } from '../printable.ts';
import { renderFields } from '../table.ts';
import { WIDTH, wrap } from '../wrap.ts';
import type { DryObject, DryRun } from './dry-run.ts';
import type { Created, DryRequest } from './recorder.ts';
import type { Row, Section } from './sections.ts';

/** A conversation and what it would become. `parked` is set if no instance takes it. */
export type Previewed = { conversation: string; parked?: string } & DryRun;

/** A dry run as text: each limeobject with a row for each of its properties, then each request. */
export function textOf({ conversation, objects, requests, parked, skipped }: Previewed): string {
  const names = namesOf(requests);
  return [
    `conversation ${conversation}`,
    ...(parked === undefined ? [] : [renderFields([['parked', parked]])]),
    ...(skipped === undefined ? [] : [renderFields([['skipped', skipped]])]),
    ...objects.flatMap((object) => objectTexts(object, requests, names)),
    ...requestLines(requests, names),
  ].join('\n\n');
}

function objectTexts(object: DryObject, requests: readonly DryRequest[], names: Names): string[] {
  const head = renderFields([
    [
      'limeobject',
      object.attached === undefined
        ? object.limetype
        : `${object.limetype} ${object.attached}, which is in Lime already: the conversation is attached to it`,
    ],
    ['instance', `${object.instance}, ${object.because}`],
    ...object.unmapped.map((name) => ['no value', `${name} is required; Lime must have a default for it`] as const),
    ...(object.parked === undefined ? [] : [['parked', object.parked] as const]),
  ]);
  return [head, ...object.sections.map((section) => sectionText(section, requests, names))];
}

/** The rows of a limeobject. A note stands below them as people read it. */
function sectionText(
  { limetype, request, rows, note }: Section,
  requests: readonly DryRequest[],
  names: Names,
): string {
  const { creates: created, method, path } = requests[(request ?? 0) - 1] ?? {};
  const made = created === undefined ? undefined : names.get(created);
  const changed = method === 'PUT' ? `${limetype} ${path?.split('/').at(-2)}, updated` : undefined;
  const title = made ?? changed ?? `${limetype}, not created`;
  const text = note?.split('\n').map((line) => `  | ${line}`.trimEnd());
  return [title, tableOf(rows, names), ...(text ?? [])].join('\n');
}

const columns = ['PROPERTY', 'SOURCE', 'GAVE', 'LIME GETS'] as const;

/** The widest and the narrowest columns before the last one, which has as many lines as it needs. */
const MOST = [32, 28, 24] as const;
const LEAST = [32, 16, 14] as const;

/** The narrowest last column, so that its texts can be read. */
const LAST = 34;

const GAP = '  ';

function tableOf(rows: readonly Row[], names: Names): string {
  const cells = rows.map((row) => [row.property, row.source, row.gave === undefined ? '-' : shown(row.gave, names)]);
  const widths = widthsOf(cells);
  const line = (start: readonly string[], last: string): string => {
    const head = GAP + start.map((cell, at) => fitted(printable(cell), widths[at] ?? 0)).join(GAP) + GAP;
    const [first = '', ...more] = wrap(printable(last), WIDTH - head.length);
    return [(head + first).trimEnd(), ...more.map((one) => ' '.repeat(head.length) + one)].join('\n');
  };
  return [
    line(columns.slice(0, 3), columns[3]),
    ...rows.map((row, index) => line(cells[index] ?? [], getsText(row, names))),
  ].join('\n');
}

/** As wide as the cells, within bounds. The later columns give way so that the last one has room. */
function widthsOf(cells: readonly (readonly string[])[]): number[] {
  const widths = MOST.map((most, at) =>
    Math.max(columns[at]?.length ?? 0, ...cells.map((row) => Math.min(most, printable(row[at] ?? '').length))),
  );
  for (const at of [2, 1]) {
    const tooMuch = widths.reduce((sum, width) => sum + width + GAP.length, GAP.length) - (WIDTH - LAST);
    widths[at] = Math.max(Math.min(widths[at] ?? 0, LEAST[at] ?? 0), (widths[at] ?? 0) - Math.max(0, tooMuch));
  }
  return widths;
}

function getsText({ gets, because }: Row, names: Names): string {
  if (gets === undefined) return `nothing: ${because}`;
  return because === undefined ? shown(gets, names) : `${shown(gets, names)} (${because})`;
}

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

function shown(value: unknown, names: Names): string {
  if (isCreated(value)) return nameOf(value, names);
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_, inner: unknown) => (isCreated(inner) ? nameOf(inner, names) : inner));
}

function requestLines(requests: readonly DryRequest[], names: Names): string[] {
  if (requests.length === 0) return [];
  const lines = requests.map(({ method, path, creates }, index) => {
    const makes = creates === undefined ? '' : `  → ${names.get(creates)}`;
    return `${index + 1}. ${method} ${path}${makes}`;
  });
  return [lines.join('\n')];
}

/** The name of a created limeobject, such as `helpdesk #1`. */
type Names = ReadonlyMap<number, string>;

function namesOf(requests: readonly DryRequest[]): Names {
  return new Map(
    requests.flatMap(({ path, creates }) =>
      creates === undefined ? [] : [[creates, `${decodeURIComponent(path.split('/').at(-2) ?? '')} #${creates}`]],
    ),
  );
}

function nameOf({ created }: Created, names: Names): string {
  return `→ ${names.get(created)}`;
}

function isCreated(value: unknown): value is Created {
  return typeof value === 'object' && value !== null && 'created' in value && typeof value.created === 'number';
}
