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
import { clockIn } from './lines/clock.ts';
import { indentLookalikes } from './lines/indent.ts';
import { createSpeakerOf } from './lines/speaker.ts';
import type { Language } from './translations/language.ts';
import type { Translation } from './translations/translation.ts';
import { translations } from './translations.ts';

export type TranscriptOptions = {
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: string;
  /** Language of the labels. Default: English. */
  language?: Language;
  /** True to include notifications, such as status changes and welcome messages. */
  includeNotifications: boolean;
  /** The contact's name in the conversation. Messages often say only "Contact". */
  contactName?: string | null | undefined;
};

/**
 * A file of a message. `id` is the id of its line. `name` is the word for "file" if the file has no name. Version 0.1.0
 * used `legacyId`.
 */
export type Media = { id: string; url: string; name: string; legacyId?: string };

/**
 * One line of a transcript. `id` is the message's own id or a substitute, at most 64 characters, unique within the
 * transcript. `content` is the message without labels, in no language: it changes only if the message does.
 */
export type TranscriptLine = {
  id: string;
  content: string;
  text: string;
  media?: Media;
  /** The id of the line's message. Each further file of a message has a line of its own. */
  message: string;
  /** The position in `text` at which the speaker's name ends. Undefined if the line already says that the message has changed. */
  nameEnd?: number;
  /** The id and content that version 0.1.0 used, if they differ. */
  legacy?: { id: string; content: string };
};

/**
 * One text for each message and for each further file: `[2024-02-22 16:49:07] Contact: Hello, I have a question.` A
 * file ends its text: `File contract.pdf: https://…`. Further lines that look like lines of a note are indented.
 * Trailing blanks are removed.
 */
export function transcriptLines(messages: readonly Message[], options: TranscriptOptions): TranscriptLine[] {
  const t = translations[options.language ?? 'en'];
  const clock = clockIn(options.timeZone);
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
        { id, content: contentOf(message, files), body: messageText(message, file, t), file },
        ...others.map((file, index) => ({
          id: fileIdOf(id, index + 1),
          content: FILE_PLACEHOLDER,
          body: fileLine(file, t),
          file,
        })),
      ];
      return lines.map(({ body, file, ...line }, index): TranscriptLine => {
        const legacyLine = isDeleted(message)
          ? undefined
          : index === 0
            ? legacy.first
            : legacy.others.get(file?.url ?? '');
        const isSame = legacyLine === undefined || (legacyLine.id === line.id && legacyLine.content === line.content);
        return {
          ...line,
          text: start + t.colon + body,
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
  // Userlike may repeat a file's name or URL as the message's text.
  const isRepeated = file !== undefined && [file.name, file.url].includes(body.trim());
  const text = body.trim() === '' || isRepeated ? '' : body;
  const event = text === '' && file === undefined && message.event ? `(${oneLine(message.event)})` : '';
  const extras = extrasOf(message, file !== undefined).map((extra) => extraText(extra, t));
  const parts = [text, event, ...extras].filter((part) => part !== '').join('\n');
  // Userlike marks words of system messages as bold.
  const shown = indentLookalikes(sideOf(message) === 'system' ? parts.replaceAll('**', '') : parts);
  if (file === undefined) return shown === '' ? t.noText : shown;
  return shown === '' ? fileLine(file, t) : `${shown}\n${fileLine(file, t)}`;
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

/** Numbers equal messages that have no id. */
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

/** The id of a further file, by its position in the message. */
function fileIdOf(message: string, place: number): string {
  return createHash('sha256')
    .update(JSON.stringify([message, place]))
    .digest('base64url');
}
