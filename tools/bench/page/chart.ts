import { element } from '../../dashboard/svg.ts';

/** A horizontal bar of one part or of several, and the value that it should not, or should at least, reach. */
export type Bar = { label: string; parts: number[]; goal?: number; isMet: boolean };

export type Chart = {
  title: string;
  bars: Bar[];
  /** Writes a value with its unit. */
  shown: (value: number) => string;
  /** The names of the parts, if there are several. */
  legend?: string[];
};

export type Theme = 'light' | 'dark';

const colors = {
  light: { page: '#ffffff', text: '#1f2328', faint: '#59636e', met: '#1a7f37', missed: '#bc4c00', goal: '#1f2328' },
  dark: { page: '#0d1117', text: '#f0f6fc', faint: '#9198a1', met: '#3fb950', missed: '#db6d28', goal: '#f0f6fc' },
} as const;

/** Colours of parts, to be told apart in both themes and without red and green. */
const partColors = ['#4c78a8', '#72b7b2', '#b279a2', '#eeca3b', '#9d755d', '#a0a0a0'];

const WIDTH = 760;
const LABEL_WIDTH = 250;
const VALUE_WIDTH = 90;
const ROW = 30;
const BAR = 16;
const HEAD = 44;
const LEGEND = 28;

/** Draws the bars with the goals as lines across them. */
export function drawChart({ title, bars, shown, legend }: Chart, theme: Theme): string {
  const { page, text, faint, met, missed, goal: goalColor } = colors[theme];
  const sum = (values: readonly number[]): number => values.reduce((whole, value) => whole + value, 0);
  const most = Math.max(...bars.map(({ parts, goal = 0 }) => Math.max(sum(parts), goal)), Number.MIN_VALUE);
  const width = (value: number): number => (value / most) * (WIDTH - LABEL_WIDTH - VALUE_WIDTH - 20);
  const write = (x: number, y: number, words: string, more: Record<string, string | number> = {}): string =>
    element('text', { x, y, 'font-size': 13, fill: text, ...more }, [escaped(words)]);

  const drawn = bars.flatMap(({ label, parts, goal, isMet }, row) => {
    const y = HEAD + row * ROW;
    const boxes = parts.map((value, at) =>
      element('rect', {
        ...{ x: LABEL_WIDTH + width(sum(parts.slice(0, at))), y, width: width(value), height: BAR },
        fill: parts.length > 1 ? (partColors[at % partColors.length] ?? faint) : isMet ? met : missed,
      }),
    );
    const end = LABEL_WIDTH + width(Math.max(sum(parts), goal ?? 0));
    const line =
      goal === undefined
        ? []
        : [
            element('path', {
              ...{ d: `M${(LABEL_WIDTH + width(goal)).toFixed(1)},${y - 4}v${BAR + 8}`, stroke: goalColor },
              'stroke-width': 2,
            }),
          ];
    return [
      write(LABEL_WIDTH - 10, y + 13, label, { 'text-anchor': 'end' }),
      ...boxes,
      ...line,
      write(end + 8, y + 13, shown(sum(parts)), { 'font-weight': 600 }),
    ];
  });

  const foot = HEAD + bars.length * ROW;
  const names = legend ?? [];
  const step = (WIDTH - 40) / Math.max(1, names.length);
  const keys = names.flatMap((name, at) => [
    element('rect', {
      ...{ x: 20 + at * step, y: foot + 4, width: 11, height: 11 },
      fill: partColors[at % partColors.length] ?? faint,
    }),
    write(36 + at * step, foot + 14, name, { 'font-size': 12, fill: faint }),
  ]);
  const height = foot + (names.length > 0 ? LEGEND : 4);
  const hint = bars.some(({ goal }) => goal !== undefined)
    ? [write(WIDTH - 20, 24, '| goal', { 'font-size': 12, fill: faint, 'text-anchor': 'end' })]
    : [];
  const body = [
    element('rect', { width: WIDTH, height, fill: page }),
    write(20, 24, title, { 'font-size': 15, 'font-weight': 600 }),
    ...hint,
    ...drawn,
    ...keys,
  ];
  const svg = element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` },
      ...{ 'font-family': 'system-ui, sans-serif', role: 'img', 'aria-label': title },
    },
    body.map((one) => `\n${one}`),
  );
  return `${svg}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
