import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const project = join(import.meta.dirname, '../..');

/** Tests of the ledger and of the budget's item that run against a table. */
const CONTRACTS = [
  'any-schedule',
  'arrival-times',
  'claims',
  'item',
  'item-size',
  'leases',
  'read-back',
  'requests',
  'settlements',
  'starts',
  'unconfirmed-attempts',
  'written-digests',
];

const Report = z.looseObject({
  testResults: z.array(
    z.looseObject({
      message: z.string(),
      assertionResults: z.array(
        z.looseObject({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** The outcome of each test by its title: `passed`, or why not. */
export type Outcomes = Map<string, string>;

/**
 * Runs the ledger's tests against an emulator.
 * @param endpoint a DynamoDB. Default: the embedded one, dynalite
 */
export async function runContracts(endpoint?: string): Promise<Outcomes> {
  const directory = await mkdtemp(join(tmpdir(), 'contracts-'));
  const file = join(directory, 'report.json');
  const jest = ['--import', './cli/node24.mjs', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const files = CONTRACTS.map((name) => `test/shared/ledger/${name}.test.ts`);
  const args = [...jest, 'node_modules/jest/bin/jest.js', '--maxWorkers=1', '--json', `--outputFile=${file}`, ...files];
  const env = { ...process.env, ...(endpoint !== undefined && { CONTRACT_DYNAMODB: endpoint }) };
  await new Promise<void>((resolve) => {
    execFile(process.execPath, args, { cwd: project, env, maxBuffer: 64 * 1024 * 1024 }, () => resolve());
  });
  const { testResults } = Report.parse(JSON.parse(await readFile(file, 'utf8')));
  await rm(directory, { recursive: true });
  const broken = testResults.filter(({ assertionResults }) => assertionResults.length === 0);
  if (broken.length > 0) throw new Error(`tests did not run:\n${broken.map(({ message }) => message).join('\n')}`);
  return new Map(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status, failureMessages }): [string, string] => [
        fullName,
        status === 'passed' ? status : (failureMessages[0]?.split('\n')[0] ?? status),
      ]),
    ),
  );
}

/** Tests that do not end alike, with both outcomes. */
export function differences(one: Outcomes, other: Outcomes): { title: string; one: string; other: string }[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((title) => ({ title, one: one.get(title) ?? 'not run', other: other.get(title) ?? 'not run' }))
    .filter((outcome) => outcome.one !== outcome.other);
}
