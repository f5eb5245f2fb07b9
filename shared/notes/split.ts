import { cutBefore } from '../text/cut.ts';
import type { Entry } from './entry.ts';
import { INDENT, looksLikeBridgeLine } from './lines/indent.ts';

/** The entries of one note: from `first` up to `end`, the last one without `left` characters at its end. */
export type Part = { text: string; first: number; end: number; left: number };

/** Fills parts with whole texts if possible. A text longer than a part continues in the next one. */
export function split(entries: readonly Entry[], firstRoom: number, room: number): Part[] {
  const parts: Part[] = [];
  let part: Part = { text: '', first: 0, end: 0, left: 0 };
  function close(end: number, first: number, left = 0) {
    parts.push({ ...part, end, left });
    part = { text: '', first, end: first, left: 0 };
  }
  const left = () => (parts.length === 0 ? firstRoom : room) - part.text.length - (part.text === '' ? 0 : 1);
  for (const [index, entry] of entries.entries()) {
    const text = wholeText(entry);
    if (text.length > left() && (part.text !== '' || (parts.length === 0 && text.length <= room))) close(index, index);
    let at = 0;
    let margin = '';
    while (margin.length + text.length - at > left()) {
      const rest = left();
      const next = margin + text.slice(at, at + rest + 2);
      const end = cutBefore(next, rest);
      part.text = next.slice(0, end);
      at += end - margin.length;
      // A continuation must not look like a line of its own in the next note.
      margin = looksLikeBridgeLine(text.slice(at, at + room)) ? INDENT : '';
      close(index + 1, index, entry.text.length - at);
    }
    part.text += (part.text === '' ? '' : '\n') + margin + text.slice(at);
  }
  if (part.text !== '' || parts.length === 0) parts.push({ ...part, end: entries.length });
  return parts;
}

/** The text with the outcome of its file. */
export function wholeText({ text, outcome = '' }: Entry): string {
  return text + outcome;
}
