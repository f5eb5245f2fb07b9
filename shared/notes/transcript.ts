import { createHash } from 'node:crypto';
import { isolated } from '../text/isolate.ts';
import { oneLine } from '../text/one-line.ts';
import type { Message } from '../userlike/conversation.ts';
import { bodyOf, messageIdOf } from '../userlike/message.ts';
import { contentOf, FILE_PLACEHOLDER } from '../userlike/messages/content.ts';
import { type Extra, extrasOf } from '../userlike/messages/extras.ts';
import { filesOf, type MessageFile } from '../userlike/messages/files.ts';
import { createLegacyLines, distinctDigest, type LegacyLine, legacySideOf } from '../userlike/messages/legacy-lines.ts';
import { isNotification, sideOf } from '../userlike/messages/sender.ts';
import { isDeleted } from '../userlike/messages/state.ts';
import { timeOf } from '../userlike/time.ts';
import { createClock } from './lines/clock.ts';
import { indentLookalikes } from './lines/indent.ts';
import { createSpeakerOf } from './lines/speaker.ts';
import type { Language } from './translations/language.ts';
import type { Translation } from './translations/translation.ts';
import { translations } from './translations.ts';

export type TranscriptOptions = {
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: string;
  /** Of the translations around what was said; English where none is given. */
  language?: Language;
  /** Whether what happened (status changes, welcome messages) is told too, or only what was said. */
  includeNotifications: boolean;
  /** The contact's name, where the conversation knows it: messages often call the contact just "Contact". */
  contactName?: string | null | undefined;
};

/**
 * A file of a message. `id` is that of its line, `url` as the message has it, `name` the word for File where it has
 * none. Version 0.1.0 knew it by `legacyId`.
 */
export type Media = { id: string; url: string; name: string; legacyId?: string };

/**
 * `id` is the message's own, or stands for one that has none; at most 64 characters, distinct within a transcript.
 * `content` is what was said, without the t around it and in no language: it changes only when the message does.
 */
export type TranscriptLine = {
  id: string;
  content: string;
  text: string;
  media?: Media;
  /** The id of the line's message: a further file is a line of its own. */
  message: string;
  /** Where the speaker's name ends in `text`; undefined where the line says already that the message has changed. */
  nameEnd?: number;
  /** What version 0.1.0 knew the line by, where that was something else. */
  legacy?: { id: string; content: string };
};

/**
 * One text for each message, and for each further file of one: `[2024-02-22 16:49:07] Contact: Hello, I have a
 * question.` A file ends its text: `File contract.pdf: https://…`. Further lines of a message are kept as they are, but
 * for those that begin like a line of the note's own: they are indented. Blanks at the end of a message are left out.
 */
export function transcriptLines(messages: readonly Message[], options: TranscriptOptions): TranscriptLine[] {
  const t = translations[options.language ?? 'en'];
  const clock = createClock(options.timeZone);
  const speakerOf = createSpeakerOf(t, options.contactName);
  const idOf = createMessageIds();
  const legacyLinesOf = createLegacyLines();
  return messages
    .filter((message) => options.includeNotifications || !isNotification(message))
    .flatMap((message) => {
      const at = timeOf(message.sent_at);
      const { speaker, marksChange } = speakerOf(message);
      const start = `[${at === undefined ? t.noTime : clock(at)}] ${speaker}`;
      const files = isDeleted(message) ? [] : filesOf(message);
      const [file, ...others] = files;
      const id = idOf(message);
      const legacy = legacyLinesOf(message);
      const lines = [
        { id, content: contentOf(message, files), said: messageText(message, file, t), file },
        ...others.map((file, index) => ({
          id: fileIdOf(id, index + 1),
          content: FILE_PLACEHOLDER,
          said: fileLine(file, t),
          file,
        })),
      ];
      return lines.map(({ said, file, ...line }, index): TranscriptLine => {
        const legacyLine = isDeleted(message)
          ? undefined
          : index === 0
            ? legacy.first
            : legacy.others.get(file?.url ?? '');
        const isSame = legacyLine === undefined || (legacyLine.id === line.id && legacyLine.content === line.content);
        return {
          ...line,
          text: start + t.colon + said,
          message: id,
          ...(!marksChange && { nameEnd: start.length }),
          ...(!isSame && { legacy: { id: legacyLine.id, content: legacyLine.content } }),
          ...(file && { media: mediaOf(line.id, file, t, legacyLine) }),
        };
      });
    });
}

function messageText(message: Message, file: MessageFile | undefined, t: Translation): string {
  if (isDeleted(message)) return t.deleted;
  const body = bodyOf(message).trimEnd();
  // Userlike may repeat a file's name or address as what was said.
  const isRepeated = file !== undefined && [file.name, file.url].includes(body.trim());
  const text = body.trim() === '' || isRepeated ? '' : body;
  const event = text === '' && file === undefined && message.event ? `(${oneLine(message.event)})` : '';
  const held = extrasOf(message, file !== undefined).map((thing) => extraText(thing, t));
  const told = [text, event, ...held].filter((part) => part !== '').join('\n');
  // Userlike sets translations of its own lines in bold.
  const said = indentLookalikes(sideOf(message) === 'system' ? told.replaceAll('**', '') : told);
  if (file === undefined) return said === '' ? t.noText : said;
  return said === '' ? fileLine(file, t) : `${said}\n${fileLine(file, t)}`;
}

function extraText({ kind, text, word }: Extra, t: Translation): string {
  const label = word === undefined ? oneLine(kind.replaceAll('_', ' ')) : t.extras[word];
  return `${label === '' ? '' : `(${label}) `}${oneLine(text)}`.trimEnd();
}

function fileLine({ url, name }: MessageFile, t: Translation): string {
  return `${name === undefined ? t.file : `${t.file} ${isolated(name)}`}${t.colon}${url}`;
}

function mediaOf(id: string, { url, name }: MessageFile, t: Translation, legacy: LegacyLine | undefined): Media {
  return {
    id,
    url,
    name: name ?? t.file,
    ...(legacy?.url !== undefined && legacy.id !== id && { legacyId: legacy.id }),
  };
}

/** Equal messages without an id are told apart by how many came before. */
function createMessageIds(): (message: Message) => string {
  const seen = new Map<string, number>();
  return (message) => {
    const id = messageIdOf(message);
    if (id !== undefined && id.length <= 64) return id;
    const [address] = message.url?.split(/[?#]/, 1) ?? [];
    const own = id ?? [message.sent_at, legacySideOf(message), bodyOf(message), address];
    return distinctDigest(createHash('sha256').update(JSON.stringify(own)), seen);
  };
}

/** A further file has an id of its own, by its place in the message. */
function fileIdOf(message: string, place: number): string {
  return createHash('sha256')
    .update(JSON.stringify([message, place]))
    .digest('base64url');
}
