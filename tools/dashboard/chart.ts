import type { Widget } from './body.ts';
import { PERIODS, sampleOf } from './samples.ts';
import { COLORS, element, PALETTE, text, widthOf } from './svg.ts';

type Chart = Extract<Widget, { type: 'metric' }>['properties'];
/** A place in the picture, in pixels. */
export type Box = { x: number; y: number; width: number; height: number };

const LEGEND_LINE = 18;
/** The dashboard's six hours end here. */
const FIRST_HOUR = 8;
const HOURS = 6;

/** Draws lines over time, or stacked areas, with axes and a legend below. */
export function drawChart(chart: Chart, box: Box): string {
  const lines = chart.metrics
    .filter(({ visible }) => visible)
    .map((line, index) => ({
      label: line.label ?? line.name ?? '',
      color: line.color ?? PALETTE[index % PALETTE.length] ?? COLORS.text,
      values: Array.from({ length: PERIODS }, (_, at) => sampleOf(line)(at)),
    }));
  const marks = chart.annotations?.horizontal ?? [];
  const legend = drawLegend([...lines, ...marks], box);
  const plot = { x: box.x + 44, y: box.y + 20, width: box.width - 66, height: box.height - 40 - legend.height };
  const floors = Array.from({ length: PERIODS }, () => 0);
  const spans = lines.map(({ values }) => {
    const from = values.map((_, at) => (chart.stacked ? (floors[at] ?? 0) : 0));
    const to = values.map((value, at) => (from[at] ?? 0) + value);
    if (chart.stacked) for (const [at, value] of to.entries()) floors[at] = value;
    return { from, to };
  });
  const most = roundUp(Math.max(4, ...spans.flatMap(({ to }) => to), ...marks.map(({ value }) => value)));
  const x = (at: number) => plot.x + (at / (PERIODS - 1)) * plot.width;
  const y = (value: number) => plot.y + plot.height - (value / most) * plot.height;
  const path = (values: number[]) => values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);

  const drawn = lines.map(({ color }, index) => {
    const { from = [], to = [] } = spans[index] ?? {};
    const stroke = element('polyline', {
      points: path(to).join(' '),
      fill: 'none',
      stroke: color,
      'stroke-width': 1.6,
    });
    if (!chart.stacked) return stroke;
    const area = [...path(to), ...path(from).toReversed()].join(' ');
    return element('polygon', { points: area, fill: color, 'fill-opacity': 0.55 }) + stroke;
  });
  const limits = marks.map(({ value, color }) =>
    element('path', { d: `M${plot.x},${y(value).toFixed(1)}h${plot.width}`, stroke: color, 'stroke-dasharray': '5 3' }),
  );
  return [drawAxes(plot, most, chart.yAxis?.left.label ?? ''), ...drawn, ...limits, legend.markup].join('');
}

/** A round number not below the highest value, which four lines can divide. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return ([1, 2, 4, 5, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

function drawAxes(plot: Box, most: number, label: string): string {
  const levels = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const y = plot.y + plot.height * (1 - part);
    return (
      element('path', { d: `M${plot.x},${y.toFixed(1)}h${plot.width}`, stroke: COLORS.line }) +
      text(plot.x - 6, y + 4, compact(most * part), { 'text-anchor': 'end', 'font-size': 11, fill: COLORS.faint })
    );
  });
  const hours = Array.from({ length: HOURS + 1 }, (_, hour) =>
    text(plot.x + (hour / HOURS) * plot.width, plot.y + plot.height + 16, `${FIRST_HOUR + hour}:00`, {
      'text-anchor': 'middle',
      'font-size': 11,
      fill: COLORS.faint,
    }),
  );
  const unit = text(plot.x - 36, plot.y - 12, label, { 'font-size': 11, fill: COLORS.faint });
  return [...levels, ...hours, unit].join('');
}

function compact(value: number): string {
  return value >= 1_000 ? `${value / 1_000}k` : String(value);
}

/** Labels side by side at the bottom, in as many lines as necessary. */
function drawLegend(lines: { label: string; color: string }[], box: Box): { markup: string; height: number } {
  let [column, row] = [0, 0];
  const places = lines.map(({ label, color }) => {
    const width = widthOf(label) + 30;
    if (column > 0 && column + width > box.width - 16) [column, row] = [0, row + 1];
    const place = { label, color, column, row };
    column += width;
    return place;
  });
  const height = (row + 1) * LEGEND_LINE;
  const markup = places.map(({ label, color, column: left, row: line }) => {
    const [x, y] = [box.x + 12 + left, box.y + box.height - height + line * LEGEND_LINE + 6];
    return element('circle', { cx: x, cy: y, r: 4.5, fill: color }) + text(x + 10, y + 4, label);
  });
  return { markup: markup.join(''), height };
}
