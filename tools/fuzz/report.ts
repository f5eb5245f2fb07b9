import { markdownTable } from '../harness/markdown-table.ts';
import { aCall, type Call, callOf } from './call.ts';
import { growthOf, samplesAt } from './memory.ts';
import type { Options } from './options.ts';
import type { Result } from './run.ts';

/** Violations of the contract: a wrong response, a call that hung, a process that ended, memory that grew. */
export function violationsOf({ outcomes, samples, replaced }: Result): string[] {
  const growth = growthOf(samples);
  return [
    ...outcomes.flatMap(({ number, kind, violation }) =>
      violation === undefined ? [] : [`call ${number} (${kind}): ${violation}`],
    ),
    ...(replaced === 0 ? [] : [`${replaced} processes ended and were replaced`]),
    ...(growth === undefined ? [] : [growth]),
  ];
}

/** The most characters that are shown of a path, a header or a body. */
const MOST_SHOWN = 500;

/** The calls that broke the contract, each with the command that sends it again. */
export function failedCalls({ outcomes }: Result, { seed, key }: Options): string[] {
  const calls = aCall(key);
  return outcomes.flatMap(({ number, violation }) =>
    violation === undefined
      ? []
      : [`${shown(callOf(calls, seed, number))}\nagain: npm run fuzz -- --seed ${seed} --call ${number}`],
  );
}

function shown({ method, path, headers, body }: Call): string {
  const lines = [
    `${method} ${path}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    JSON.stringify(body?.toString() ?? ''),
  ];
  return lines
    .map((line) => (line.length <= MOST_SHOWN ? line : `${line.slice(0, MOST_SHOWN)}… (${line.length} characters)`))
    .join('\n');
}

const SLOWEST = 5;

/** Statuses, slowest calls and memory as tables. */
export function reportOf({ outcomes, samples }: Result): string {
  const byStatus = Map.groupBy(outcomes, ({ status }) => String(status ?? 'none'));
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].sort();
  const statuses = [...byStatus.keys()].sort();
  const count = (status: string, kind: string): string =>
    String(byStatus.get(status)?.filter((outcome) => outcome.kind === kind).length || '');
  const table = markdownTable([
    ['calls', ...statuses, 'all'],
    ...kinds.map((kind) => [
      kind,
      ...statuses.map((status) => count(status, kind)),
      String(outcomes.filter((outcome) => outcome.kind === kind).length),
    ]),
    ['all', ...statuses.map((status) => String(byStatus.get(status)?.length ?? 0)), String(outcomes.length)],
  ]);
  const slow = markdownTable([
    ['slowest call', 'kind', 'status', 'ms'],
    ...outcomes
      .toSorted((one, other) => other.ms - one.ms)
      .slice(0, SLOWEST)
      .map(({ number, kind, status, ms }) => [String(number), kind, String(status ?? 'none'), ms.toFixed(0)]),
  ]);
  const memory = samplesAt(samples, [0, 0.25, 0.5, 0.75, 1]);
  const resident = markdownTable([
    ['calls', ...memory.map(({ at }) => `${Math.round(at * 100)} %`)],
    ['memory of intake, MB', ...memory.map(({ megabytes }) => megabytes.toFixed(0))],
  ]);
  const repeats = outcomes.flatMap(({ number, repeated }) =>
    repeated === undefined ? [] : [`${number}: ${repeated}`],
  );
  return [
    table,
    slow,
    ...(memory.length === 0 ? [] : [resident]),
    ...(repeats.length === 0 ? [] : [`sent twice, because the first try had no response:\n${repeats.join('\n')}`]),
  ].join('\n\n');
}
