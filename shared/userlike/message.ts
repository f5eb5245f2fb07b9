import * as z from 'zod';
import { type Conversation, Message } from './conversation.ts';

/** Who a message is from. Bots are a special kind of operator (Userlike's chatbot API). */
export type Side = 'contact' | 'operator' | 'bot' | 'system';

/** The sender says it where it is known; older payloads tell the sides apart by the operator alone. */
export const sideOf = (message: Message): Side => {
  const { sender, operator_id, operator_name, operator_is_bot } = message;
  if (sender?.type === 'contact' || sender?.type === 'system') return sender.type;
  const byOperator =
    sender?.type === 'operator' || sender?.type === 'bot' || isFilled(operator_id) || isFilled(operator_name);
  if (byOperator) return operator_is_bot === true || sender?.type === 'bot' ? 'bot' : 'operator';
  return message.type === 'notification' ? 'system' : 'contact';
};

/** Something that happened in the conversation, or that was said by a machine: no speech of contact or operator. */
export const isNotification = (message: Message): boolean =>
  message.type === 'notification' || message.sender?.type === 'system';

export const isDeleted = ({ is_deleted }: Pick<Message, 'is_deleted'>): boolean => is_deleted === true;

/** The conversation without what was deleted from it: nobody is to read that any more, in whatever property. */
export const withoutDeleted = (conversation: Conversation): Conversation => {
  const { transcript, last_message } = conversation;
  // A message may come twice, and only one copy say that it is deleted.
  const ids = new Set(transcript?.filter(isDeleted).map(messageIdOf));
  return {
    ...conversation,
    transcript: transcript?.filter((message) => {
      const id = messageIdOf(message);
      return id === undefined ? !isDeleted(message) : !ids.has(id);
    }),
    ...(isDeletedCopy(last_message, ids) && { last_message: null }),
  };
};

/** What is looked at of a message beside the transcript, which is a copy of one in it. */
const Copy = z.object({
  id: Message.shape.id.catch(undefined),
  msgid: Message.shape.msgid.catch(undefined),
  is_deleted: Message.shape.is_deleted,
});

const isDeletedCopy = (value: unknown, deleted: ReadonlySet<string | undefined>): boolean => {
  const { data } = Copy.safeParse(value);
  if (data === undefined) return false;
  const id = messageIdOf(data);
  return isDeleted(data) || (id !== undefined && deleted.has(id));
};

/** What was said, as it was said; empty for a file. */
export const bodyOf = ({ body, body_plain }: Message): string => body || body_plain || '';

/** `conversation.part.message`, stable for as long as the conversation exists; undefined where it has none. */
export const messageIdOf = ({ id, msgid }: Pick<Message, 'id' | 'msgid'>): string | undefined =>
  id || msgid || undefined;

/** The add-on's chat command (`$lime`, with or without an argument), typed by an operator. */
export const isCommand = (message: Message): boolean =>
  sideOf(message) === 'operator' && !isNotification(message) && /^\$lime(?:[ \t].*)?$/.test(bodyOf(message).trim());

/** A file that a message carries: its address as the message has it, unchecked, and its name where one can be told. */
export type MessageFile = { url: string; name: string | undefined };

/**
 * Userlike documents `url` alone. A list of files, or one, may come in another property of any form: what names an
 * address is taken, each address once.
 */
export const filesOf = (message: Message): MessageFile[] => {
  const named = [
    { url: oneLine(message.url ?? ''), name: firstText(message, ['file_name', 'filename']) ?? nameIn(bodyOf(message)) },
    ...['attachments', 'attachment', 'files', 'file', 'media'].flatMap((key) => [message[key]].flat().flatMap(fileIn)),
  ].filter(({ url }) => url !== '');
  return [...Map.groupBy(named, ({ url }) => url)].map(([url, files]) => ({
    url,
    name: files.find(({ name }) => name !== undefined)?.name ?? lastSegmentOf(url),
  }));
};

/** Without line breaks, other control characters and repeated blanks. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const fileIn = (value: unknown): MessageFile[] => {
  if (typeof value === 'string') return /^https?:\/\/\S+$/i.test(value) ? [{ url: value, name: undefined }] : [];
  const url = firstText(value, ['url', 'href', 'link', 'download_url']);
  return url === undefined ? [] : [{ url, name: firstText(value, ['file_name', 'filename', 'name', 'title']) }];
};

/** The first of these properties that holds a text. */
const firstText = (value: unknown, keys: readonly string[]): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  return keys
    .map((key) => fields.get(key))
    .map((text) => (typeof text === 'string' ? oneLine(text) : ''))
    .find((text) => text !== '');
};

/** What was said beside a file, where that is one word with an extension: its name. */
const nameIn = (body: string): string | undefined => {
  const word = body.trim();
  const dot = word.lastIndexOf('.');
  const isName = dot > 0 && word.length <= longestName && !/[\s/\\]/.test(word);
  return isName && /^[a-z\d]{1,5}$/i.test(word.slice(dot + 1)) ? word : undefined;
};

/** Characters of a file's name that a message may consist of. */
const longestName = 206;

const lastSegmentOf = (url: string): string | undefined => {
  const path = url.replace(/^[a-z][a-z\d+.-]*:/i, '').replace(/^\/\/[^/?#]*/, '');
  const [beforeQuery = ''] = path.split(/[?#]/, 1);
  const segment = beforeQuery.split('/').findLast((part) => part !== '');
  const name = oneLine(decoded(segment ?? ''))
    .split(/[/\\]/)
    .at(-1);
  return name === '' ? undefined : name;
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
};

const isFilled = (text: string | null | undefined): boolean => text !== undefined && text !== null && text !== '';
