import { withoutImport } from './imports.ts';
import type { Entry } from './note.ts';

/**
 * What one note holds of the entries. `start` tells where it begins: the entry's number and, within one, how much of it
 * is left. It is the same in every language and whatever became of a file.
 */
export type Part = { text: string; start: string };

/** Fills parts with whole texts where possible; a text longer than a part goes on in the next one. */
export const split = (entries: readonly Entry[], firstRoom: number, room: number): Part[] => {
  const parts: Part[] = [];
  let part: Part = { text: '', start: '0' };
  const close = (start: string) => {
    parts.push(part);
    part = { text: '', start };
  };
  const left = () => (parts.length === 0 ? firstRoom : room) - part.text.length - (part.text === '' ? 0 : 1);
  for (const [index, entry] of entries.entries()) {
    const { text } = entry;
    if (text.length > left() && (part.text !== '' || (parts.length === 0 && text.length <= room))) close(`${index}`);
    const length = withoutImport(entry).length;
    let at = 0;
    let indent = '';
    while (indent.length + text.length - at > left()) {
      const room = left();
      const next = indent + text.slice(at, at + room + 2);
      const end = cutBefore(next, room);
      part.text = next.slice(0, end);
      at += end - indent.length;
      indent = looksLikeMessage(text.slice(at, at + room)) ? '    ' : '';
      close(`${index}-${length - at}`);
    }
    part.text += (part.text === '' ? '' : '\n') + indent + text.slice(at);
  }
  if (part.text !== '' || parts.length === 0) parts.push(part);
  return parts;
};

/** What goes on in another note must not look like a message of its own there: it is indented, as further lines are. */
const looksLikeMessage = (rest: string): boolean => /^[\p{DI}\p{Zs}\p{Cc}]*\[/v.test(rest);

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Where to cut a text that has more than `room` UTF-16 units: behind the last blank or line break in the second half,
 * else anywhere but inside of what a reader takes for one character (unless that alone fills the second half).
 */
export const cutBefore = (text: string, room: number): number => {
  const blank = Math.max(text.lastIndexOf(' ', room - 1), text.lastIndexOf('\n', room - 1));
  const wanted = blank >= room / 2 ? blank + 1 : room;
  // The code point behind the cut is enough to tell whether one character goes on over it.
  const character = graphemes.segment(text.slice(0, wanted + 2)).containing(wanted)?.index ?? wanted;
  if (character >= room / 2) return character;
  const lead = text.charCodeAt(wanted - 1);
  return lead >= 0xd800 && lead <= 0xdbff ? wanted - 1 : wanted;
};
