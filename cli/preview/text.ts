import { renderFields } from '../table.ts';
import type { DryLookup, DryObject, DryRun } from './dry-run.ts';
import type { Created, DryRequest } from './recorder.ts';

/** A conversation and what it would become. `parked` is set if no instance takes it. */
export type Previewed = { conversation: string; parked?: string } & DryRun;

/** A dry run as text: each limeobject with its reasons, then each request. */
export function textOf({ conversation, objects, requests, parked }: Previewed): string {
  const names = namesOf(requests);
  const shown = (_: string, value: unknown): unknown => (isCreated(value) ? nameOf(value, names) : value);
  return [
    `conversation ${conversation}`,
    ...(parked === undefined ? [] : [renderFields([['parked', parked]])]),
    ...objects.map((object) => objectText(object, names)),
    ...requests.map(({ method, path, body, creates }, index) => {
      const makes = creates === undefined ? '' : `  → ${names.get(creates)}`;
      return `${index + 1}. ${method} ${path}${makes}\n${JSON.stringify(body, shown, 2)}`;
    }),
  ].join('\n\n');
}

function objectText(object: DryObject, names: Names): string {
  return renderFields([
    ['limeobject', object.limetype],
    ['instance', `${object.instance}, ${object.because}`],
    ...object.lookups.map((lookup) => [lookup.relation, lookupText(lookup, names)] as const),
    ...object.omitted.map(({ path, message }) => ['left out', `${path}: ${message}`] as const),
    ...object.unmapped.map((name) => ['no value', `${name} is required; Lime must have a default for it`] as const),
    ...(object.parked === undefined ? [] : [['parked', object.parked] as const]),
  ]);
}

function lookupText({ by, found, linked }: DryLookup, names: Names): string {
  const ids = found.map((id) => (typeof id === 'number' ? String(id) : nameOf(id, names))).join(', ');
  const searched = by.map(({ path, as, value }) => `${path} as ${as} ${value}`).join(', ');
  const what = found.length === 0 ? 'nobody' : linked ? ids : `several, none is linked: ${ids}`;
  return searched === '' ? what : `${what}, by ${searched}`;
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
