export const COLORS = {
  page: '#f2f3f3',
  card: '#ffffff',
  line: '#d5dbdb',
  text: '#16191f',
  faint: '#5f6b7a',
  good: '#1d8102',
  bad: '#d13212',
} as const;

/** CloudWatch's own order of colours. */
export const PALETTE = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2'];

type Attributes = Record<string, string | number>;

/** One element, whose children are markup. Numbers are rounded to a tenth of a pixel. */
export function element(name: string, attributes: Attributes, children: string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${shown(value)}"`);
  return `<${name}${written.join('')}${children.length === 0 ? '/>' : `>${children.join('')}</${name}>`}`;
}

function shown(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : escaped(value);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, 'font-size': 12, fill: COLORS.text, ...attributes }, [escaped(words)]);
}

/** The approximate width of a text, because no browser measures it. */
export function widthOf(words: string, size = 12): number {
  return words.length * size * 0.54;
}

/** The text, cut to a width. */
export function fitting(words: string, width: number, size = 12): string {
  const most = Math.floor(width / (size * 0.54));
  return words.length <= most ? words : `${words.slice(0, most - 1)}…`;
}
