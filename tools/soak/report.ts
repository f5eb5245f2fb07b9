import type { LimeStats } from './lime.ts';
import type { Verdict } from './verdict.ts';

/** What is told of one run. */
export type Result = {
  seed: number;
  verdict: Verdict;
  stats: LimeStats;
  killed: number;
  /** Most receives of one record. */
  receives: number;
  seconds: number;
  violations: string[];
};

const columns: [title: string, cell: (result: Result) => number][] = [
  ['seed', ({ seed }) => seed],
  ['accepted', ({ verdict }) => verdict.accepted],
  ['delivered', ({ verdict }) => verdict.delivered],
  ['parked', ({ verdict }) => verdict.parked],
  ['refused on purpose', ({ verdict }) => verdict.refused],
  ['parked otherwise', ({ verdict }) => verdict.unexplained.length],
  ['lost', ({ verdict }) => verdict.lost.length],
  ['twice', ({ verdict }) => verdict.twice.length],
  ['messages missing', ({ verdict }) => verdict.missing.length],
  ['notes twice', ({ verdict }) => verdict.notesTwice.length],
  ['messages twice', ({ verdict }) => verdict.messagesTwice.length],
  ['outdated', ({ verdict }) => verdict.outdated.length],
  ['wrong links', ({ verdict }) => verdict.wrongLinks.length],
  ['misleading answers', ({ verdict }) => verdict.misled.length],
  ['requests to Lime', ({ stats }) => stats.requests],
  ['most within 5 s', ({ stats }) => stats.mostWithin['5s']],
  ['kills', ({ killed }) => killed],
  ['most receives', ({ receives }) => receives],
  ['seconds', ({ seconds }) => Math.round(seconds)],
];

/** The results as a Markdown table, one line for each run. */
export function tableOf(results: readonly Result[]): string {
  return aligned([
    columns.map(([title]) => title),
    ...results.map((result) => columns.map(([, cell]) => String(cell(result)))),
  ]);
}

/** Rows as a Markdown table, numbers to the right; the first row is the head. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => `${'-'.repeat(width + 1)}:`).join('|')}|`, ...body.map(line)].join(
    '\n',
  );
}
