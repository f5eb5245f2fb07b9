import { expect, it } from '@jest/globals';
import { importsOf } from './support/imports.ts';

it('no file imports itself through others, types included', () => {
  const cycles = [...importsOf.keys()].flatMap((file) => shortestCycle(file) ?? []);
  expect([...new Set(cycles)]).toEqual([]);
});

/** The shortest way from a file back to itself, written from its first file by name on; undefined if there is none. */
function shortestCycle(start: string): string | undefined {
  const waysTo = new Map<string, string[]>([[start, []]]);
  // A map yields what is added during the loop, so the nearest files come first.
  for (const [file, way] of waysTo)
    for (const target of importsOf.get(file) ?? []) {
      if (target === start) return fromFirst([...way, file]);
      if (!waysTo.has(target)) waysTo.set(target, [...way, file]);
    }
  return undefined;
}

function fromFirst(cycle: readonly string[]): string {
  const first = cycle.indexOf(cycle.toSorted()[0] ?? '');
  const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}
