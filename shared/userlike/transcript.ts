import { createHash } from 'node:crypto';
import type { Conversation, Message } from './conversation.ts';
import { clockIn } from './lines/clock.ts';
import { indented, labelsOf } from './lines/indent.ts';
import {
  bodyOf,
  filesOf,
  isCommand,
  isDeleted,
  isNotification,
  type MessageFile,
  messageIdOf,
  oneLine,
  sideOf,
} from './message.ts';
import { inOrder } from './order.ts';
import { timeOf } from './time.ts';
import { type Language, type Words, words } from './words.ts';

export { isNotification } from './message.ts';

/**
 * The lines of chat and the notifications of a conversation, each once and in order. The add-on's own commands are left
 * out: that a conversation was sent to Lime is not part of what was said, and a re-send alone must change nothing.
 */
export const messagesOf = (conversation: Conversation): Message[] =>
  inOrder(conversation.transcript ?? []).filter((message) => !isCommand(message));

export type TranscriptOptions = {
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: string;
  /** Of the words around what was said; English where none is given. */
  language?: Language;
  /** Whether what happened (status changes, welcome messages) is told too, or only what was said. */
  includeNotifications: boolean;
  /** The contact's name, where the conversation knows it: messages often call the contact just "Contact". */
  contactName?: string | null | undefined;
};

/** A file of a message. `id` is that of its line, `url` as the message has it, `name` the word for File where it has none. */
export type Media = { id: string; url: string; name: string };

/**
 * `id` is the message's own, or stands for one that has none; at most 64 characters, distinct within a transcript.
 * `content` is what was said, without the frame around it and in no language: it changes only when the message does.
 */
export type TranscriptLine = { id: string; content: string; text: string; media?: Media };

/**
 * One text for each message, and for each further file of one: `[2024-02-22 16:49:07] Visitor: Hello, I have a
 * question.` A file ends its text: `File contract.pdf: https://…`. Further lines of a message are kept as they are, but
 * for those that begin like a message, a rating or an internal note: they are indented, so that nobody can write a line
 * that looks like somebody else's. Blanks at the end of a message are left out.
 */
export const transcriptLines = (messages: readonly Message[], options: TranscriptOptions): TranscriptLine[] => {
  const frame = words[options.language ?? 'en'];
  const clock = clockIn(options.timeZone);
  const idOf = createIds();
  return messages
    .filter((message) => options.includeNotifications || !isNotification(message))
    .flatMap((message) => {
      const at = timeOf(message.sent_at);
      const time = at === undefined ? frame.noTime : clock(at);
      const speaker = `[${time}] ${speakerOf(message, frame, options.contactName)}${frame.colon}`;
      const [file, ...others] = isDeleted(message) ? [] : filesOf(message);
      return [
        {
          id: idOf(message),
          content: contentOf(message, file),
          text: speaker + (file === undefined ? saidIn(message, frame) : fileWithText(message, file, frame)),
          file,
        },
        ...others.map((file) => ({
          id: idOf(message, file.url),
          content: `${signs.file}: ${file.url}`,
          text: speaker + fileLine(file, frame),
          file,
        })),
      ].map(({ file, ...line }) => (file === undefined ? line : { ...line, media: mediaOf(line.id, file, frame) }));
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

/** What stands in `content` for what has no words of its own. A change would make every such message new. */
const signs = { deleted: '(message deleted)', file: 'File', noText: '(no text)' };

const contentOf = (message: Message, file: MessageFile | undefined): string => {
  if (isDeleted(message)) return signs.deleted;
  const body = bodyOf(message).trimEnd();
  const address = file === undefined || body.includes(file.url) ? '' : `${signs.file}: ${file.url}`;
  const text = [body, address].filter((part) => part !== '').join('\n');
  return text === '' ? whatHappened(message, signs.noText) : indented(text);
};

const saidIn = (message: Message, frame: Words): string => {
  if (isDeleted(message)) return frame.deleted;
  const body = bodyOf(message).trimEnd();
  return body === '' ? whatHappened(message, frame.noText) : indented(body, labelsOf(frame));
};

const whatHappened = ({ event }: Message, noText: string): string => (event ? `(${oneLine(event)})` : noText);

const fileWithText = (message: Message, file: MessageFile, frame: Words): string => {
  const body = bodyOf(message).trimEnd();
  // Userlike may repeat a file's name or address as what was said.
  const isRepeated = ['', file.name, file.url].includes(body.trim());
  return isRepeated ? fileLine(file, frame) : `${indented(body, labelsOf(frame))}\n${fileLine(file, frame)}`;
};

const fileLine = ({ url, name }: MessageFile, frame: Words): string =>
  `${name === undefined ? frame.file : `${frame.file} ${name}`}${frame.colon}${url}`;

const mediaOf = (id: string, { url, name }: MessageFile, frame: Words): Media => ({
  id,
  url,
  name: name ?? frame.file,
});

/** Equal messages without an id are told apart by how many of them came before; a further file has an id of its own. */
const createIds = (): ((message: Message, file?: string) => string) => {
  const seen = new Map<string, number>();
  return (message, file) => {
    const id = messageIdOf(message);
    if (file === undefined && id !== undefined && id.length <= 64) return id;
    const own = id ?? [message.sent_at, sideOf(message), bodyOf(message), message.url];
    const hash = createHash('sha256')
      .update(JSON.stringify(file === undefined ? own : [own, file]))
      .digest('base64url');
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}-${count}`;
  };
};
