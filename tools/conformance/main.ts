/** Checks the stack with tools of others: `npm run conformance`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { markdownTable } from '../harness/markdown-table.ts';
import { parseOptions } from '../harness/options.ts';
import { runTool } from '../harness/tool.ts';
import { acknowledged } from './acknowledged.ts';
import { differences, runContracts } from './contracts.ts';
import { cfnLint, checkov, type Finding, unacknowledged, unneeded } from './findings.ts';
import { ORGANIZATION, runJourney } from './journey.ts';
import { startMoto, startMotoWithStack } from './moto.ts';
import { isExpected, probePermissions } from './probes.ts';
import { NoPythonError, pythonPrograms } from './python.ts';
import { callsByRole, createdResources } from './report.ts';
import { type SynthesizedStage, synthesizeStages } from './stages.ts';

const print = (text: string): void => console.log(text);

const onOrOff = z.enum(['on', 'off']).default('on');

/** `--checkov off` saves the largest installation, `--contracts off` half of the time. */
const flags = { checkov: onOrOff, contracts: onOrOff };

/** The exit code where the tools of others are missing, so that a gate can go on. */
const LEFT_OUT = 3;

await runTool(async (args) => {
  try {
    await conform(parseOptions(flags, args));
  } catch (error) {
    if (!(error instanceof NoPythonError)) throw error;
    console.error(`conformance left out. ${error.message}`);
    process.exitCode = LEFT_OUT;
  }
});

async function conform(options: Record<keyof typeof flags, 'on' | 'off'>): Promise<void> {
  const programs = await pythonPrograms('requirements.txt', print);
  const output = mkdtempSync(join(tmpdir(), 'conformance-'));
  process.once('exit', () => rmSync(output, { recursive: true, force: true }));
  const stages = synthesizeStages(output);
  const problems = [
    ...(await lint('cfn-lint', stages, (template) => cfnLint(programs, template), /^[EWI]\d/)),
    ...(options.checkov === 'off'
      ? []
      : await lint('checkov', stages, await checkovOf('requirements-checkov.txt'), /^CKV/)),
    ...(await createAndUse(programs, stages)),
    ...(options.contracts === 'off' ? [] : await compareContracts(programs)),
  ];
  for (const problem of problems) console.error(`not as expected: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else print('\neverything is as expected');
}

async function checkovOf(requirements: string): Promise<(template: string) => Promise<Finding[]>> {
  const programs = await pythonPrograms(requirements, print);
  return (template) => checkov(programs, template);
}

/** Prints the acknowledged findings, and returns the others and acknowledgements without a finding. */
async function lint(
  tool: string,
  stages: SynthesizedStage[],
  find: (template: string) => Promise<Finding[]>,
  rules: RegExp,
): Promise<string[]> {
  const found: Finding[] = [];
  const problems: string[] = [];
  for (const { stage, template } of stages) {
    const findings = await find(template);
    found.push(...findings);
    problems.push(
      ...unacknowledged(findings).map(
        ({ rule, resource, message }) => `${tool}, ${stage}: ${rule} ${resource} ${message}`,
      ),
    );
  }
  print(`\n## ${tool}\n`);
  const rows = acknowledged
    .filter(({ rule }) => rules.test(rule))
    .map(({ rule, reason }) => [rule, String(found.filter((finding) => finding.rule === rule).length), reason]);
  print(markdownTable([['Rule', 'Findings', 'Acknowledged because'], ...rows]));
  return [
    ...problems,
    ...unneeded(found, rules).map((rule) => `${tool}: no finding needs the acknowledgement of ${rule}`),
  ];
}

/** Creates every stage's stack, and sends conversations through the first. */
async function createAndUse(programs: string, stages: SynthesizedStage[]): Promise<string[]> {
  const problems: string[] = [];
  for (const stage of stages) {
    await using moto = await startMotoWithStack(programs, stage);
    print(`\n## The stack of ${stage.stage}, made by moto's CloudFormation\n`);
    print(createdResources(moto.stack, stage.template));
    if (stage !== stages[0]) continue;

    const states = await runJourney(moto, stage);
    print(`\n## Calls of the functions, each in its own role\n`);
    print(callsByRole(moto.calls));
    const parked = states.filter((state) => state === 'parked').length;
    print(`\n${states.length - parked} conversations are in Lime, ${parked} is parked`);
    if (parked !== 1) problems.push(`${parked} conversations are parked, one was to be`);
    problems.push(
      ...moto.calls.filter(({ allowed }) => !allowed).map((call) => `${call.principal} may not ${call.action}`),
    );
    const probes = await probePermissions(moto, stage.stage, ORGANIZATION);
    const refused = probes.filter(({ allowed }) => !allowed).length;
    print(`${probes.length} further calls tried: ${probes.length - refused} allowed, ${refused} refused`);
    problems.push(
      ...probes
        .filter((probe) => !isExpected(probe))
        .map((probe) => `${probe.function} ${probe.allowed ? 'may' : 'may not'} ${probe.action} on ${probe.on}`),
    );
  }
  return problems;
}

/** The ledger's tests on dynalite and on moto. */
async function compareContracts(programs: string): Promise<string[]> {
  const dynalite = await runContracts();
  await using moto = await startMoto(programs);
  const other = await runContracts(moto.endpoint);
  const passed = [...dynalite.values()].filter((outcome) => outcome === 'passed').length;
  const different = differences(dynalite, other);
  print(`\n## The ledger's tests on dynalite and on moto\n`);
  print(`${dynalite.size} tests, ${passed} pass on dynalite, ${different.length} end otherwise on moto`);
  return [
    ...[...dynalite].filter(([, outcome]) => outcome !== 'passed').map(([title, outcome]) => `${title}: ${outcome}`),
    ...different.map(({ title, one, other }) => `${title}: ${one} on dynalite, ${other} on moto`),
  ];
}
