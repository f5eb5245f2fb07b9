import { cutBefore } from '../values/text.ts';
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
