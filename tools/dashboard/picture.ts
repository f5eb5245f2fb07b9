import type { Widget } from './body.ts';
import { type Box, drawChart } from './chart.ts';
import { LAST_FAILURES, PERIODS, RAISED, sampleOf } from './samples.ts';
import { COLORS, element, fitting, text } from './svg.ts';

/** Pixels of a dashboard's unit. A page is 24 units wide. */
const UNIT = { width: 56, height: 44 };
const GAP = 5;
const TITLE = 26;

/** Draws the dashboard as CloudWatch would, with sample data, as an SVG. */
export function drawDashboard(widgets: Widget[]): string {
  const width = 24 * UNIT.width;
  const height = Math.max(...widgets.map(({ y, height: units }) => y + units)) * UNIT.height + GAP;
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    'font-family': 'Helvetica, Arial, sans-serif',
  };
  const title = element('title', {}, ['The dashboard, with sample data']);
  const page = element('rect', { width, height, fill: COLORS.page });
  return `${element('svg', attributes, ['\n', title, page, '\n', ...widgets.map((widget) => `${drawWidget(widget)}\n`)])}\n`;
}

function drawWidget(widget: Widget): string {
  const outer = {
    x: widget.x * UNIT.width + GAP,
    y: widget.y * UNIT.height + GAP,
    width: widget.width * UNIT.width - 2 * GAP,
    height: widget.height * UNIT.height - 2 * GAP,
  };
  if (widget.type === 'text') {
    const words = widget.properties.markdown.replace(/^#+ /, '');
    return text(outer.x + 4, outer.y + 25, words, { 'font-size': 20, 'font-weight': 'bold' });
  }
  const card = element('rect', { ...outer, rx: 6, fill: COLORS.card, stroke: COLORS.line });
  const title = text(outer.x + 12, outer.y + 20, fitting(widget.properties.title, outer.width - 24, 14), {
    'font-size': 14,
    'font-weight': 'bold',
  });
  const inner = { ...outer, y: outer.y + TITLE, height: outer.height - TITLE };
  return card + title + drawInside(widget, inner);
}

function drawInside(widget: Exclude<Widget, { type: 'text' }>, box: Box): string {
  if (widget.type === 'alarm') return drawAlarms(widget.properties.alarms, box);
  if (widget.type === 'log') return drawTable(widget.properties.query, box);
  if (widget.properties.view === 'timeSeries')
    return drawChart({ ...widget.properties }, { ...box, y: box.y + 6, height: box.height - 6 });
  const [line] = widget.properties.metrics;
  if (line === undefined) throw new Error(`${widget.properties.title} shows no number`);
  const value = sampleOf(line)(PERIODS - 1);
  const number = text(box.x + 12, box.y + 50, String(value), { 'font-size': 36 });
  return number + text(box.x + 12, box.y + 76, line.label ?? '', { fill: COLORS.faint });
}

function drawAlarms(alarms: string[], box: Box): string {
  const columns = 3;
  const cell = { width: (box.width - 24) / columns, height: (box.height - 10) / Math.ceil(alarms.length / columns) };
  const cells = alarms.map((alarm, index) => {
    const x = box.x + 12 + (index % columns) * cell.width;
    const y = box.y + 4 + Math.floor(index / columns) * cell.height;
    const raised = RAISED.includes(alarmName(alarm));
    const color = raised ? COLORS.bad : COLORS.good;
    return [
      element('rect', {
        x,
        y,
        width: cell.width - 6,
        height: cell.height - 5,
        rx: 4,
        fill: color,
        'fill-opacity': 0.08,
        stroke: color,
      }),
      element('rect', { x, y, width: 5, height: cell.height - 5, fill: color }),
      text(x + 13, y + cell.height / 2 + 2, alarmName(alarm)),
      text(x + cell.width - 14, y + cell.height / 2 + 2, raised ? 'ALARM' : 'OK', {
        'text-anchor': 'end',
        'font-size': 11,
        'font-weight': 'bold',
        fill: color,
      }),
    ].join('');
  });
  return cells.join('');
}

/** The name in a logical id: `Parked` of `ChatMonitoringAlarmsParked44C06EFA`. */
function alarmName(logicalId: string): string {
  return logicalId.replace(/^.*Alarms(?=[A-Z])/, '').replace(/[0-9A-F]{8}$/, '');
}

/** The widths of columns that differ from the default, in pixels. */
const WIDE: Record<string, number> = { reason: 470 };
const COLUMN = 108;

function drawTable(query: string, box: Box): string {
  const fields = /\bfields ([^\n|]+)/.exec(query)?.[1]?.trim().split(', ') ?? [];
  const widths = fields.map((field) => WIDE[field] ?? COLUMN);
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, box.x + 16));
  return [fields, ...LAST_FAILURES.map((row) => fields.map((field) => row[field] ?? ''))]
    .flatMap((row, line) => {
      const y = box.y + 24 + line * 30;
      const rule = element('path', { d: `M${box.x + 12},${y + 9}h${box.width - 24}`, stroke: COLORS.line });
      const cells = row.map((cell, index) =>
        text(lefts[index] ?? 0, y, cell, line === 0 ? { 'font-weight': 'bold' } : {}),
      );
      return [rule, ...cells];
    })
    .join('');
}
