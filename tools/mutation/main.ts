/**
 * Makes small changes to the code and runs the tests that must notice them: `npm run mutation [-- group …]`, or
 * `-- 'delivery:**\/deliver.ts'` for some files of a group.
 */
import { globSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { markdownTable } from '../harness/markdown-table.ts';
import { groups } from './groups.ts';

/** Percent of the mutants that must be noticed in each group. */
const LEAST_SCORE = 85;

const CONFIG_FILE = 'tools/mutation/stryker.config.mjs';

function rowOf(name: string, statuses: string[]) {
  const count = (status: string) => statuses.filter((one) => one === status).length;
  const [killed, late] = [count('Killed'), count('Timeout')];
  const [survived, never] = [count('Survived'), count('NoCoverage')];
  const detected = killed + late;
  const score = (100 * detected) / (detected + survived + never);
  return { score, cells: [name, ...[killed, late, survived, never].map(String), score.toFixed(1)] };
}

/** Groups by name, or `group:glob` for the matching files of a group. */
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(groups);
const runs = chosen.flatMap((name) => {
  const [group = '', part] = name.split(':');
  const found = groups[group];
  if (found === undefined) return [];
  const files = globSync(found.mutate);
  return [
    { name, tests: found.tests, mutate: part === undefined ? files : files.filter((file) => matchesGlob(file, part)) },
  ];
});
const wrong = chosen.filter((name) => !runs.some((run) => run.name === name && run.mutate.length > 0));
if (wrong.length > 0) {
  console.error(`no group or no file of it: ${wrong.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
  process.exit(2);
}
const all: string[] = [];
const rows: ReturnType<typeof rowOf>[] = [];
for (const { name, mutate, tests } of runs) {
  console.log(`${name}: ${mutate.join(', ')}`);
  process.env.MUTATION_TESTS = tests.join(',');
  const results = await new Stryker({ configFile: CONFIG_FILE, mutate }).runMutationTest();
  const statuses = results.map(({ status }) => status);
  all.push(...statuses);
  rows.push(rowOf(name, statuses));
}
const header = ['group', 'killed', 'timed out', 'survived', 'not covered', 'score %'];
console.log(`\n${markdownTable([header, ...rows.map(({ cells }) => cells), rowOf('all', all).cells])}`);
if (rows.some(({ score }) => score < LEAST_SCORE)) process.exitCode = 1;
