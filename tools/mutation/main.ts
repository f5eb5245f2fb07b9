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
const all: string[] = [];
const rows: ReturnType<typeof rowOf>[] = [];
for (const name of chosen) {
  const group = groups[name];
  if (group === undefined) throw new Error(`no group "${name}"; there are ${Object.keys(groups).join(', ')}`);
  console.log(`${name}: ${group.mutate.join(', ')}`);
  process.env.MUTATION_TESTS = group.tests.join(',');
  const results = await new Stryker({ configFile, mutate: group.mutate }).runMutationTest();
  const statuses = results.map(({ status }) => status);
  all.push(...statuses);
  rows.push(rowOf(name, statuses));
}
const header = ['group', 'killed', 'timed out', 'survived', 'not covered', 'score %'];
console.log(`\n${aligned([header, ...rows.map(({ cells }) => cells), rowOf('all', all).cells])}`);
if (rows.some(({ score }) => score < leastScore)) process.exitCode = 1;
