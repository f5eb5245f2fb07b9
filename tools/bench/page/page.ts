import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { markdownTable } from '../../harness/markdown-table.ts';
import type { Costs } from '../cost/costs.ts';
import type { Cost } from '../cost/model.ts';
import { percentile } from '../measure.ts';
import type { Latency } from '../parts/latency.ts';
import { linesOf, type Measured, type RowName, rows, tableOf } from '../rows.ts';
import { type Bar, type Chart, drawChart, type Theme } from './chart.ts';

export type Report = {
  machine: string;
  day: Date;
  measured: Measured;
  latency: Latency;
  costs: Costs;
  bulk: number;
  rounds: number;
};

const docs = new URL('../../../docs/', import.meta.url);
const themes: readonly Theme[] = ['light', 'dark'];

/** Writes the charts, and the part of `docs/performance.md` between its two marks. */
export function writePage(report: Report): void {
  const charts = chartsOf(report);
  mkdirSync(fileURLToPath(new URL('performance/', docs)), { recursive: true });
  for (const [name, chart] of Object.entries(charts)) {
    for (const theme of themes) {
      writeFileSync(new URL(`performance/${name}-${theme}.svg`, docs), drawChart(chart, theme));
    }
  }
  const page = new URL('performance.md', docs);
  writeFileSync(page, withMeasured(readFileSync(page, 'utf8'), markdownOf(report, charts)));
}

const MARKS = ['<!-- measured: npm run bench -- --write -->', '<!-- /measured -->'] as const;

/** Replaces what stands between the marks. @throws Error if the page has lost them */
export function withMeasured(page: string, measured: string): string {
  const [from, until] = MARKS.map((mark) => page.indexOf(mark));
  if (from === undefined || until === undefined || from < 0 || until < from) {
    throw new Error(`docs/performance.md needs the lines ${MARKS.join(' and ')}`);
  }
  return `${page.slice(0, from + MARKS[0].length)}\n\n${measured}\n\n${page.slice(until)}`;
}

function markdownOf(report: Report, charts: Record<string, Chart>): string {
  const { machine, day, measured, costs, bulk, rounds } = report;
  const lines = linesOf(measured);
  const met = lines.filter(({ isMet }) => isMet).length;
  return [
    `Measured on ${day.toISOString().slice(0, 10)}: ${machine}. Bulk call of ${bulk}, ${rounds} rounds. ${met} of ${lines.length} goals met.`,
    tableOf(measured),
    ...Object.entries(charts).map(([name, { title }]) => pictureOf(name, title)),
    'Dollars per million conversations of 20 KB:',
    costTable(costs),
  ].join('\n\n');
}

function pictureOf(name: string, title: string): string {
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="performance/${name}-dark.svg">`,
    `  <img alt="${title}" src="performance/${name}-light.svg">`,
    '</picture>',
  ].join('\n');
}

function costTable({ bulk, alone }: Costs): string {
  const names = namesOf(bulk.cost);
  return markdownTable([
    ['service', 'bulk', 'singles'],
    ...names.map((name) => [name, bulk.cost[name].toFixed(2), alone.cost[name].toFixed(2)]),
    ['**all**', bulk.dollars.toFixed(2), alone.dollars.toFixed(2)],
  ]);
}

function namesOf(cost: Cost): (keyof Cost)[] {
  return Object.keys(cost).filter((name): name is keyof Cost => Object.hasOwn(cost, name));
}

export function chartsOf({ measured, latency, costs }: Report): Record<string, Chart> {
  const seconds = (value: number): string => `${value.toFixed(2)} s`;
  const bar = (name: RowName, label: string): Bar => {
    const line = linesOf(measured).find((one) => one.name === name);
    const { goal } = rows[name];
    return {
      label,
      parts: [line?.value ?? 0],
      isMet: line?.isMet ?? false,
      ...('atMost' in goal && { goal: goal.atMost }),
    };
  };
  const p50 = percentile(latency.besideBulk, 0.5);
  return {
    latency: {
      title: 'A single conversation, accepted until in Lime, which answers in 300 ms',
      shown: seconds,
      bars: [
        bar('singleP50', 'alone, p50'),
        bar('singleP95', 'alone, p95'),
        { label: 'while a bulk call runs, p50', parts: [p50], isMet: true },
        bar('singleBesideBulkP95', 'while a bulk call runs, p95'),
      ],
    },
    work: {
      title: 'CPU for a conversation of 20 KB',
      shown: (value) => `${value.toFixed(2)} ms`,
      bars: [
        bar('mapperCpuBulk', 'mapper, bulk'),
        bar('mapperCpuSingle', 'mapper, singles'),
        bar('intakeCpuBulk', 'intake, bulk'),
        bar('intakeCpuSingle', 'intake, singles'),
      ],
    },
    cost: {
      title: 'Dollars per million conversations of 20 KB',
      shown: (value) => `$${value.toFixed(2)}`,
      legend: namesOf(costs.bulk.cost),
      bars: (['bulk', 'alone'] as const).map((name) => ({
        label: name === 'bulk' ? 'in calls of 100' : 'one by one',
        parts: namesOf(costs[name].cost).map((service) => costs[name].cost[service]),
        goal: rows.dollarsInBulk.goal.atMost,
        isMet: costs[name].dollars <= rows.dollarsInBulk.goal.atMost,
      })),
    },
  };
}
