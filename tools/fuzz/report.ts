import { aligned } from '../soak/report.ts';
import { growthOf, samplesAt } from './memory.ts';
import type { Result } from './run.ts';

/** What broke the contract: an answer it does not know, a call that hung, memory that grew. */
export function violationsOf({ answers, samples, replaced }: Result): string[] {
  const growth = growthOf(samples);
  return [
    ...answers.flatMap(({ number, kind, wrong }) =>
      wrong === undefined ? [] : [`call ${number} (${kind}): ${wrong}`],
    ),
    ...(replaced === 0 ? [] : [`${replaced} processes ended and were replaced`]),
    ...(growth === undefined ? [] : [growth]),
  ];
}

const SLOWEST = 5;

/** Statuses, slowest calls and memory as tables. */
export function reportOf({ answers, samples }: Result): string {
  const byStatus = Map.groupBy(answers, ({ status }) => String(status ?? 'none'));
  const kinds = [...new Set(answers.map(({ kind }) => kind))].sort();
  const statuses = [...byStatus.keys()].sort();
  const count = (status: string, kind: string): string =>
    String(byStatus.get(status)?.filter((answer) => answer.kind === kind).length || '');
  const table = aligned([
    ['calls', ...statuses, 'all'],
    ...kinds.map((kind) => [
      kind,
      ...statuses.map((status) => count(status, kind)),
      String(answers.filter((answer) => answer.kind === kind).length),
    ]),
    ['all', ...statuses.map((status) => String(byStatus.get(status)?.length ?? 0)), String(answers.length)],
  ]);
  const slow = aligned([
    ['slowest call', 'kind', 'status', 'ms'],
    ...answers
      .toSorted((one, other) => other.ms - one.ms)
      .slice(0, SLOWEST)
      .map(({ number, kind, status, ms }) => [String(number), kind, String(status ?? 'none'), ms.toFixed(0)]),
  ]);
  const memory = samplesAt(samples, [0, 0.25, 0.5, 0.75, 1]);
  const resident = aligned([
    ['calls', ...memory.map(({ at }) => `${Math.round(at * 100)} %`)],
    ['memory of intake, MB', ...memory.map(({ megabytes }) => megabytes.toFixed(0))],
  ]);
  const repeats = answers.flatMap(({ number, repeated }) => (repeated === undefined ? [] : [`${number}: ${repeated}`]));
  return [
    table,
    slow,
    ...(memory.length === 0 ? [] : [resident]),
    ...(repeats.length === 0 ? [] : [`sent twice, because the first had no answer:\n${repeats.join('\n')}`]),
  ].join('\n\n');
}
