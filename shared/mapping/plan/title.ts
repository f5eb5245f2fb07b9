import { shorten } from '../../text/cut.ts';
import { oneLine } from '../../text/one-line.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import { isEmpty } from '../../userlike/value-at.ts';
import { markOf, parseMarkedTemplate } from '../settings/identify.ts';
import type { PropertySource } from '../settings/source.ts';
import { readSource, renderTemplate, type SourceOptions, scopeOf, textOf } from '../values/source.ts';

/** Lists in Lime show no more. */
const MAX_TITLE_LENGTH = 255;

/** The value of the identifying property, before it is cut. */
export function readTitle(source: PropertySource, conversation: Conversation, options: SourceOptions): unknown {
  const marked = parseMarkedTemplate(source.template ?? '');
  if (marked === undefined) return readSource(source, conversation, options);
  const read = renderTemplate(marked.readable, scopeOf(conversation, options.rating), options.timeZone);
  const readable = readableLine(isEmpty(read) ? textOf(source.default ?? '') : (read ?? ''));
  return readable === '' ? markOf(conversation.id) : readable + marked.between + markOf(conversation.id);
}

/** Cuts a title to the property's length without cutting its mark. */
export function fitTitle(title: unknown, { template = '' }: PropertySource, mark: string, length?: number): unknown {
  const most = Math.min(length ?? MAX_TITLE_LENGTH, MAX_TITLE_LENGTH);
  const end = (parseMarkedTemplate(template)?.between ?? '') + mark;
  if (typeof title !== 'string' || title.length <= most || !title.endsWith(end)) return title;
  const room = most - end.length;
  return room > 0 ? shorten(title.slice(0, -end.length), room) + end : mark;
}

/** One line without direction controls. An apostrophe keeps spreadsheets from running it as a formula. */
function readableLine(text: string): string {
  const line = oneLine(text.slice(0, 4 * MAX_TITLE_LENGTH).replace(/[\p{Bidi_Control}\u200b]/gu, '')).toWellFormed();
  return /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line;
}
