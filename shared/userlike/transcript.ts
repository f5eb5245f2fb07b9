import { createHash } from 'node:crypto';
import type { Conversation, Message } from './conversation.ts';
import { bodyOf, isCommand, isDeleted, isNotification, messageIdOf, sideOf } from './message.ts';
import { inOrder } from './order.ts';
import { timeOf } from './time.ts';

export { isNotification } from './message.ts';

/**
 * The lines of chat and the notifications of a conversation, each once and in order. The add-on's own commands are left
 * out: that a conversation was sent to Lime is not part of what was said, and a re-send alone must change nothing.
 */
export const messagesOf = (conversation: Conversation): Message[] =>
  inOrder(conversation.transcript ?? []).filter((message) => !isCommand(message));

/** The words around what was said; what was said itself is never translated. */
const words = {
  en: {
    visitor: 'Visitor',
    operator: 'Operator',
    system: 'System',
    bot: 'bot',
    automated: 'automated',
    deleted: '(message deleted)',
    file: 'File',
    noTime: 'no time',
    noText: '(no text)',
  },
};
export type Language = keyof typeof words;
export const languages: readonly Language[] = ['en'];
type Words = (typeof words)[Language];

export type TranscriptOptions = {
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: string;
  language?: Language;
  /** Whether what happened (status changes, welcome messages) is told too, or only what was said. */
  includeNotifications: boolean;
  /** The contact's name, where the conversation knows it: messages often call the contact just "Contact". */
  contactName?: string | null | undefined;
};

/**
 * `id` is the message's own, or stands for one that has none; at most 64 characters, distinct within a transcript.
 * `content` is what was said, without the frame around it: it changes only when the message does.
 */
export type TranscriptLine = { id: string; content: string; text: string; media?: Media };

/** A file of a message. `id` is that of its line, `url` as the message has it, `name` the word for File where it has none. */
export type Media = { id: string; url: string; name: string };

/**
 * One text for each message: `[2024-02-22 16:49:07] Visitor: Hello, I have a question.` Further lines of a message are
 * kept as they are, but for those that begin like a line of the transcript: they are indented, so that nobody can write
 * a line that looks like somebody else's.
 */
export const transcriptLines = (messages: readonly Message[], options: TranscriptOptions): TranscriptLine[] => {
  const frame = words[options.language ?? 'en'];
  const clock = clockIn(options.timeZone);
  const idOf = createIds();
  return messages
    .filter((message) => options.includeNotifications || !isNotification(message))
    .map((message) => {
      const at = timeOf(message.sent_at);
      const time = at === undefined ? frame.noTime : clock(at);
      const content = contentOf(message, frame);
      const text = `[${time}] ${speakerOf(message, frame, options.contactName)}: ${content}`;
      const id = idOf(message);
      const url = isDeleted(message) ? '' : oneLine(message.url ?? '');
      return { id, content, text, ...(url !== '' && { media: { id, url, name: frame.file } }) };
    });
};

/** Names that Userlike gives to a contact without a name and to what happened. */
const placeholders = ['', 'Contact', 'Event'];

const speakerOf = (message: Message, frame: Words, contactName: string | null | undefined): string => {
  const { operator_display_name, operator_name, display_name, name } = message;
  const firstOf = (...names: (string | null | undefined)[]) =>
    names.map((name) => oneLine(name ?? '')).find((name) => !placeholders.includes(name));
  const side = sideOf(message);
  if (side === 'system') return frame.system;
  if (side === 'contact') return firstOf(contactName, display_name, name) ?? frame.visitor;
  const operator = firstOf(operator_display_name, operator_name, display_name, name) ?? frame.operator;
  if (side === 'bot') return `${operator} (${frame.bot})`;
  return message.representation === 'automated' ? `${operator} (${frame.automated})` : operator;
};

const contentOf = (message: Message, frame: Words): string => {
  if (isDeleted(message)) return frame.deleted;
  const url = oneLine(message.url ?? '');
  const body = bodyOf(message).trimEnd();
  const file = url === '' || body.includes(url) ? '' : `${frame.file}: ${url}`;
  const text = [body, file].filter((part) => part !== '').join('\n');
  if (text !== '') return indented(text);
  return message.event ? `(${oneLine(message.event)})` : frame.noText;
};

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/**
 * Indents further lines that begin with a bracket, as each message of the transcript does, be it behind blanks or
 * characters that nobody sees. Between two line breaks each character is looked at once.
 */
const indented = (text: string): string =>
  text.replace(/(\r\n|[\n\v\f\r\u0085\u2028\u2029])(?=[[\p{DI}\p{Zs}\p{Cc}]--[\n\v\f\r\u0085]]*\[)/gv, '$1    ');

/** Local date and time of day of a moment given in nanoseconds since 1970. */
const clockIn = (timeZone: string): ((at: bigint) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (at) => format.format(Number(at / 1_000_000n));
};

/** Equal messages without an id are told apart by how many of them came before. */
const createIds = (): ((message: Message) => string) => {
  const seen = new Map<string, number>();
  return (message) => {
    const id = messageIdOf(message);
    if (id !== undefined && id.length <= 64) return id;
    const hash = createHash('sha256')
      .update(JSON.stringify(id ?? [message.sent_at, sideOf(message), bodyOf(message), message.url]))
      .digest('base64url');
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}-${count}`;
  };
};
