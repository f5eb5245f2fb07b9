/** Changes the code a little at a time and looks whether a test notices: `npm run mutation [-- group …]`. */
import { Stryker } from '@stryker-mutator/core';
import { aligned } from '../soak/report.ts';
import { groups } from './groups.ts';

/** Percent of the mutants that have to be noticed, in each group. */
const leastScore = 85;

const configFile = 'tools/mutation/stryker.config.mjs';

const rowOf = (name: string, statuses: string[]) => {
  const count = (status: string) => statuses.filter((one) => one === status).length;
  const [killed, late] = [count('Killed'), count('Timeout')];
  const [survived, never] = [count('Survived'), count('NoCoverage')];
  const noticed = killed + late;
  const score = (100 * noticed) / (noticed + survived + never);
  return { score, cells: [name, ...[killed, late, survived, never].map(String), score.toFixed(1)] };
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(groups);
const unknown = chosen.filter((name) => !Object.hasOwn(groups, name));
if (unknown.length > 0) {
  console.error(`no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
  process.exit(2);
}
const all: string[] = [];
const rows: ReturnType<typeof rowOf>[] = [];
for (const [name, { mutate, tests }] of Object.entries(groups).filter(([name]) => chosen.includes(name))) {
  console.log(`${name}: ${mutate.join(', ')}`);
  process.env.MUTATION_TESTS = tests.join(',');
  const results = await new Stryker({ configFile, mutate }).runMutationTest();
  const statuses = results.map(({ status }) => status);
  all.push(...statuses);
  rows.push(rowOf(name, statuses));
}
const header = ['group', 'killed', 'timed out', 'survived', 'not covered', 'score %'];
console.log(`\n${aligned([header, ...rows.map(({ cells }) => cells), rowOf('all', all).cells])}`);
if (rows.some(({ score }) => score < leastScore)) process.exitCode = 1;
