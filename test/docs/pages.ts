import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

export const project = fileURLToPath(new URL('../..', import.meta.url));

/** Every page of the documentation, by its path in the project. */
export const pages: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export function readText(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}

/** The fenced blocks of a page whose first line is this, for example `json settings`. */
export function blocksOf(page: string, info: string): string[] {
  return [...readText(page).matchAll(/^```(.*)\n([\s\S]*?)\n```$/gm)].flatMap(([, head, text = '']) =>
    head === info ? [text] : [],
  );
}

/** The only such block. */
export function blockOf(page: string, info: string): string {
  const [block, ...more] = blocksOf(page, info);
  if (block === undefined || more.length > 0) throw new Error(`${page} needs exactly one block of ${info}`);
  return block;
}

export type Table = { marker: string; rows: string[][] };

/** The tables of a page that stand below a comment or a heading, with the cells of their rows. */
export function tablesOf(page: string): Table[] {
  return [...readText(page).matchAll(/^(?:<!-- (.+) -->|#+ (.+))\n+\|.*\n\|[-| ]+\|\n((?:\|.*\n)+)/gm)].map(
    ([, comment, heading, body = '']) => ({
      marker: comment ?? heading ?? '',
      rows: body.trim().split('\n').map(cellsOf),
    }),
  );
}

export function tableOf(page: string, marker: string): string[][] {
  const table = tablesOf(page).find((candidate) => candidate.marker === marker);
  if (table === undefined) throw new Error(`${page} has no table below ${marker}`);
  return table.rows;
}

function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** What stands in the first code span of a cell. */
export function codeIn(cell: string | undefined): string | undefined {
  return /`([^`]+)`/.exec(cell ?? '')?.[1];
}

/** A documented JSON value as an expectation: `…` in a text stands for anything. */
export function documented(value: unknown): unknown {
  if (typeof value === 'string' && value.includes('…')) {
    return expect.stringMatching(new RegExp(`^${value.split('…').map(RegExp.escape).join('.+')}$`));
  }
  if (Array.isArray(value)) return value.map(documented);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, documented(entry)]));
}
