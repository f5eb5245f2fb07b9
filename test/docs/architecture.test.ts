import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importsOf } from '../support/imports.ts';
import { blocksOf, codeIn, tableOf } from './pages.ts';

const page = 'docs/architecture.md';
const [picture = ''] = blocksOf(page, 'mermaid');

/** The rooms of the picture by their names in it: a folder, the files of a folder (`*.ts`), or one file. */
const rooms = new Map([...picture.matchAll(/^ *(\w+)\["([^"<]+)/gm)].map(([, name = '', path = '']) => [name, path]));

const arrows = [...picture.matchAll(/^ *(\w[\w &]*) --> (\w[\w &]*)$/gm)].flatMap(([, from = '', to = '']) =>
  pathsOf(from, ' & ').flatMap((importing) => pathsOf(to, ' & ').map((imported) => arrow(importing, imported))),
);

/** Each import between two rooms as an arrow, with the first file that needs it. */
const imports = new Map(
  [...importsOf]
    .flatMap(([file, targets]) => targets.map((target) => ({ file, from: roomOf(file), to: roomOf(target) })))
    .filter(({ from, to }) => from !== to)
    .reverse()
    .map(({ file, from, to }) => [arrow(from, to), file]),
);

describe('the picture of the parts', () => {
  it('has a room for every source file, and no empty room', () => {
    const files = [...importsOf.keys()];
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
    expect([...rooms.values()].filter((room) => !files.some((file) => roomOf(file) === room))).toEqual([]);
  });

  it('leads by its arrows from each room to all that it imports, and has no arrow that could go', () => {
    const isNeeded = (drawn: string) => imports.has(drawn) && !leads(without(arrows, drawn), drawn);
    expect({
      missing: [...imports].filter(([needed]) => !leads(arrows, needed)),
      superfluous: arrows.filter((drawn) => !isNeeded(drawn)),
    }).toEqual({ missing: [], superfluous: [] });
  });
});

describe('the table of the rooms', () => {
  const rows = tableOf(page, 'rooms').map(([room, , named = '']) => ({ room: codeIn(room), named }));

  it('has the rooms of the picture', () => {
    expect(rows.map(({ room }) => room).sort()).toEqual([...rooms.values()].sort());
  });

  it('names for each room all that it imports, and nothing else', () => {
    const told = rows.flatMap(({ room, named }) => pathsOf(named, ', ').map((imported) => arrow(room, imported)));
    expect({
      missing: [...imports].filter(([needed]) => !told.includes(needed)),
      superfluous: told.filter((named) => !imports.has(named)),
    }).toEqual({ missing: [], superfluous: [] });
  });
});

function arrow(from = 'no room', to = 'no room'): string {
  return `${from} --> ${to}`;
}

/** The paths of rooms that are named in the picture's words; none of an empty text. */
function pathsOf(names: string, separator: string): string[] {
  return names === '' ? [] : names.split(separator).map((name) => rooms.get(name) ?? name);
}

/** The narrowest room that holds a file. */
function roomOf(file: string): string | undefined {
  const holds = (room: string) =>
    room.endsWith('/') ? file.startsWith(room) : room.replace('*.ts', basename(file)) === file;
  return [...rooms.values()].filter(holds).sort((one, other) => other.length - one.length)[0];
}

function without(all: readonly string[], one: string): string[] {
  return all.filter((other) => other !== one);
}

/** Tells whether arrows lead from one room to another, directly or through others. */
function leads(along: readonly string[], wanted: string): boolean {
  const [start = '', end = ''] = wanted.split(' --> ');
  const reached = new Set([start]);
  // A set yields what is added during the loop.
  for (const room of reached) {
    const next = along.filter((drawn) => drawn.startsWith(`${room} --> `));
    for (const drawn of next) reached.add(drawn.slice(room.length + ' --> '.length));
  }
  return reached.has(end);
}
