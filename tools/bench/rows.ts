import { mostRequestsIn } from '../../shared/lime/budget/arrival-time.ts';
import { markdownTable } from '../harness/markdown-table.ts';
import { budgetKilobytes } from '../sizes/bundles.ts';

/** Requests that the benchmark's Lime allows in a second, the default of a stack. */
export const REQUESTS_PER_SECOND = 9;

type Goal = { atMost: number } | { atLeast: number };
type Unit = 's' | 'ms' | 'KB' | 'MB' | '%' | '$' | '×' | '';
type Declared = { what: string; unit: Unit; digits: number; goal: Goal };

/** Everything that is measured, with its goal. */
export const rows = {
  singleP50: { what: 'single, accepted until in Lime, p50', unit: 's', digits: 2, goal: { atMost: 1.1 } },
  singleP95: { what: 'single, accepted until in Lime, p95', unit: 's', digits: 2, goal: { atMost: 1.4 } },
  singleBesideBulkP95: { what: 'the same while a bulk call runs, p95', unit: 's', digits: 2, goal: { atMost: 2 } },
  budgetUseOf40: { what: 'use of the budget, call of 40', unit: '%', digits: 1, goal: { atLeast: 97 } },
  budgetUseOfBulk: { what: 'use of the budget, bulk call', unit: '%', digits: 1, goal: { atLeast: 97 } },
  mostIn5Seconds: {
    what: 'most requests in any 5 s at Lime',
    unit: '',
    digits: 0,
    goal: { atMost: mostRequestsIn(5_000, REQUESTS_PER_SECOND) },
  },
  requestsInBulk: { what: 'Lime requests per new conversation, bulk', unit: '', digits: 2, goal: { atMost: 2.15 } },
  requestsAlone: { what: 'Lime requests per new conversation, alone', unit: '', digits: 2, goal: { atMost: 3 } },
  requestsUnchanged: { what: 'Lime requests of an unchanged re-send', unit: '', digits: 2, goal: { atMost: 0 } },
  mapperCpuBulk: { what: 'CPU per conversation, mapper, bulk', unit: 'ms', digits: 2, goal: { atMost: 3.3 } },
  intakeCpuBulk: { what: 'CPU per conversation, intake, bulk', unit: 'ms', digits: 2, goal: { atMost: 0.5 } },
  mapperCpuSingle: { what: 'CPU per conversation, mapper, singles', unit: 'ms', digits: 2, goal: { atMost: 4 } },
  intakeCpuSingle: { what: 'CPU per conversation, intake, singles', unit: 'ms', digits: 2, goal: { atMost: 2.5 } },
  sizeOfMapper: { what: 'bundle, mapper', unit: 'KB', digits: 0, goal: { atMost: budgetKilobytes.mapper } },
  sizeOfIntake: { what: 'bundle, intake', unit: 'KB', digits: 0, goal: { atMost: budgetKilobytes.intake } },
  sizeOfLink: { what: 'bundle, link', unit: 'KB', digits: 0, goal: { atMost: budgetKilobytes.link } },
  importOfMapper: {
    what: 'import of the bundle against its SDK clients, mapper',
    unit: '×',
    digits: 2,
    goal: { atMost: 1.25 },
  },
  importOfIntake: {
    what: 'import of the bundle against its SDK clients, intake',
    unit: '×',
    digits: 2,
    goal: { atMost: 1.25 },
  },
  importOfLink: {
    what: 'import of the bundle against its SDK clients, link',
    unit: '×',
    digits: 2,
    goal: { atMost: 1.25 },
  },
  againstBareSingles: {
    what: 'local run against the bare server, singles',
    unit: '×',
    digits: 3,
    goal: { atLeast: 0.1 },
  },
  againstBareArrays: {
    what: 'local run against the bare server, arrays of 100',
    unit: '×',
    digits: 3,
    goal: { atLeast: 0.08 },
  },
  peakMegabytes: { what: 'peak memory of the local run', unit: 'MB', digits: 0, goal: { atMost: 800 } },
  dollarsInBulk: {
    what: 'dollars per million conversations of 20 KB, bulk',
    unit: '$',
    digits: 2,
    goal: { atMost: 6 },
  },
  dollarsAlone: {
    what: 'dollars per million conversations of 20 KB, singles',
    unit: '$',
    digits: 2,
    goal: { atMost: 6 },
  },
} as const satisfies Record<string, Declared>;

export type RowName = keyof typeof rows;
export type Measured = Partial<Record<RowName, number>>;

/** A measured row. `isMet` is undefined if the row has no goal. */
export type Line = Declared & { name: RowName; value: number; isMet: boolean };

/** The rows that were measured, in the table's order. */
export function linesOf(measured: Measured): Line[] {
  const declared: Record<RowName, Declared> = rows;
  const names = Object.keys(rows).filter((name): name is RowName => Object.hasOwn(rows, name));
  return names.flatMap((name) => {
    const value = measured[name];
    return value === undefined ? [] : [{ name, ...declared[name], value, isMet: isMet(value, declared[name]) }];
  });
}

/** Compares what is printed, so that no row says `6.00`, not met. */
function isMet(value: number, { goal, digits }: Declared): boolean {
  const printed = Number(value.toFixed(digits));
  return 'atMost' in goal ? printed <= goal.atMost : printed >= goal.atLeast;
}

/** The measured rows beside their goals, in Markdown. */
export function tableOf(measured: Measured): string {
  return markdownTable([
    ['what', 'goal', 'measured', 'met'],
    ...linesOf(measured).map(({ what, goal, unit, digits, value, isMet: met }) => [
      what,
      'atMost' in goal ? `≤ ${shown(goal.atMost, unit)}` : `≥ ${shown(goal.atLeast, unit)}`,
      shown(Number(value.toFixed(digits)).toFixed(digits), unit),
      met ? 'yes' : '**no**',
    ]),
  ]);
}

export function shown(value: number | string, unit: Unit): string {
  if (unit === '$') return `$${value}`;
  return unit === '' ? String(value) : `${value} ${unit}`;
}
