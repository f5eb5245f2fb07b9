import type { LimeStats } from '../harness/lime-control.ts';
import { markdownTable } from '../harness/markdown-table.ts';
import type { Verdict } from './verdict.ts';

/** The outcome of one run. */
export type Result = {
  seed: number;
  verdict: Verdict;
  stats: LimeStats;
  killed: number;
  /** How often the record that was received most often was received. */
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

/** The results as a Markdown table with one row for each run. */
export function resultTable(results: readonly Result[]): string {
  return markdownTable([
    columns.map(([title]) => title),
    ...results.map((result) => columns.map(([, cell]) => String(cell(result)))),
  ]);
}
