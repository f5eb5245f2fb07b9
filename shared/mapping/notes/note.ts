import { createHash } from 'node:crypto';
import { NotMappable } from '../../errors.ts';
import type { Media } from '../../userlike/transcript.ts';
import { cutImport, withoutImport } from './imports.ts';

/** One line (or paragraph) of a note: a message of the transcript, or what else the conversation holds (a rating). */
export type Entry = {
  /** What is new is told by this: a digest of the entry's id and content, `digestLength` characters. */
  digest: string;
  text: string;
  /** The file with whose address the text ends. */
  media?: Media;
};

/** Characters of a digest: 48 bits, enough to tell the entries of one conversation apart. */
export const digestLength = 8;

export const digestOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, digestLength);

/** The entries whose digests are not in `written`. */
export const newEntries = (entries: readonly Entry[], written: string): Entry[] => {
  const known = new Set<string>();
  for (let at = 0; at < written.length; at += digestLength) known.add(written.slice(at, at + digestLength));
  return entries.filter((entry) => !known.has(entry.digest));
};

const markOf = (conversation: string): string => `Userlike conversation ${conversation}`;

/** A history note to be written. Its first line, `mark`, is the same for the same content and tells it from all others. */
export type Note = { mark: string; text: string };

export type NoteContent = {
  conversation: string;
  /** Lines above the messages in the first note: contact, topics, links, what the lookups found. */
  head: readonly string[];
  entries: readonly Entry[];
  /** The limeobject has notes already. */
  continued: boolean;
  /** Characters a note may have; undefined where Lime sets no limit. */
  length: number | undefined;
};

/** Below this a note has no room for its own frame. */
const shortestNote = 200;
const markRoom = 100;

/**
 * Splits a conversation into numbered notes that fit the property. Where a note ends depends on the entries and the
 * length alone, not on the head (which differs with what the lookups find): a repeated attempt makes the same notes.
 */
export const toNotes = ({ conversation, head, entries, continued, length }: NoteContent): Note[] => {
  if (length !== undefined && length < shortestNote) {
    throw new NotMappable(`a history note of ${length} characters is too short, ${shortestNote} are needed`);
  }
  const headRoom =
    length === undefined ? Number.POSITIVE_INFINITY : Math.min(1_000, Math.floor((length - markRoom) / 2));
  const room = length === undefined ? Number.POSITIVE_INFINITY : length - markRoom;
  const parts = split(
    entries.map((entry) => entry.text),
    room - (length === undefined ? 0 : headRoom),
    room,
  );
  // Texts may differ between attempts: a note stands for another only if both are split alike.
  const starts = parts.slice(1).map(({ start }) => start);
  const content = digestOf(conversation, ...entries.map((entry) => entry.digest), ...starts);
  return parts.map(({ text: part }, index) => {
    const mark = `${markOf(conversation)}${continued ? ', continued' : ''} (${index + 1}/${parts.length}) #${content}`;
    const top = index === 0 ? `${mark}\n${clip(head.map(oneLine).join('\n'), headRoom - 1)}\n` : mark;
    // Half a character (a lone surrogate) has no UTF-8: Lime could not store it.
    return { mark, text: (part === '' ? top.trimEnd() : `${top}\n${part}`).toWellFormed() };
  });
};

/** Fills parts with whole texts where possible; a text longer than a part goes on in the next one. */
const split = (texts: readonly string[], firstRoom: number, room: number): { text: string; start: string }[] => {
  const parts: { text: string; start: string }[] = [];
  let part = '';
  let start = '0';
  const close = (next: string) => {
    parts.push({ text: part, start });
    part = '';
    start = next;
  };
  const left = () => (parts.length === 0 ? firstRoom : room) - part.length - (part === '' ? 0 : 1);
  for (const [index, text] of texts.entries()) {
    if (text.length > left() && (part !== '' || (parts.length === 0 && text.length <= room))) close(`${index}`);
    let rest = text;
    while (rest.length > left()) {
      const end = cutBefore(rest, left());
      part = rest.slice(0, end);
      rest = rest.slice(end);
      close(`${index}+${text.length - rest.length}`);
    }
    part += (part === '' ? '' : '\n') + rest;
  }
  if (part !== '' || parts.length === 0) close('');
  return parts;
};

/** Where to cut: behind the last blank or line break in the second half, else anywhere but inside a character. */
const cutBefore = (text: string, room: number): number => {
  const blank = Math.max(text.lastIndexOf(' ', room - 1), text.lastIndexOf('\n', room - 1));
  if (blank >= room / 2) return blank + 1;
  const lead = text.charCodeAt(room - 1);
  return lead >= 0xd800 && lead <= 0xdbff && room > 1 ? room - 1 : room;
};

/** Names of people go into the head: none may begin a line of its own. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const clip = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, cutBefore(text, room - 1)).trimEnd()}…`;

/**
 * Of the notes that hold `content`, those that the limeobject does not have yet. Where notes of another version's
 * attempt hold entries of it, one more that holds the rest.
 * @param entries all of the conversation, those in `written` included
 * @param texts the notes the limeobject has
 */
export const missingNotes = (
  content: NoteContent,
  entries: readonly Entry[],
  written: string,
  texts: readonly string[],
): Note[] => {
  const notes = toNotes(content);
  const marks = new Set(notes.map(({ mark }) => mark));
  const own = texts.filter((text) => marks.has(firstLine(text)));
  const there = new Set(own.map(firstLine));
  const missing = notes.filter(({ mark }) => !there.has(mark));
  if (missing.length === 0) return [];
  const found = entriesFound(content.conversation, entries, written, texts);
  if (found.size <= entriesFound(content.conversation, entries, written, own).size) return missing;
  const rest = content.entries.filter((entry) => !found.has(entry));
  return rest.length === 0 ? [] : toNotes({ ...content, entries: rest, continued: true });
};

const firstLine = (text: string): string => text.split(/\r?\n/, 1)[0]?.trim() ?? '';

/**
 * The new entries that notes hold all the same: an attempt of another version wrote them and never knew. Each is told
 * by its whole text; of equal texts only as many count as no written entry stands for. What is not found so (split
 * among notes, changed by the tenant) is written again rather than lost.
 */
export const entriesFound = (
  conversation: string,
  entries: readonly Entry[],
  written: string,
  notes: readonly string[],
): Set<Entry> => {
  const held = new Map<string, number>();
  const boundary = boundaryOf(entries);
  for (const note of notes) {
    if (!note.startsWith(`${markOf(conversation)} (`) && !note.startsWith(`${markOf(conversation)},`)) continue;
    for (const part of note.replace(/\r\n?/g, '\n').split(boundary)) {
      const text = cutImport(part.trimEnd());
      held.set(text, (held.get(text) ?? 0) + 1);
    }
  }
  const fresh = new Set(newEntries(entries, written));
  const found = new Set<Entry>();
  for (const [text, equal] of Map.groupBy(entries, (entry) => withoutImport(entry).toWellFormed().trimEnd())) {
    const unknown = equal.filter((entry) => fresh.has(entry));
    const known = equal.length - unknown.length;
    for (const entry of unknown.slice(0, Math.max(0, (held.get(text) ?? 0) - known))) found.add(entry);
  }
  return found;
};

/** Where entries begin in a note: a message at its bracket, which no further line of one has, the others at their label. */
const boundaryOf = (entries: readonly Entry[]): RegExp => {
  const labels = new Set(
    entries.map(({ text }) => (text.startsWith('[') ? '[' : text.slice(0, text.indexOf(': ') + 1))),
  );
  return new RegExp(`\\n(?=${[...labels.add('[')].map(RegExp.escape).join('|')})`);
};
