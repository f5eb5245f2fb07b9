import { createHash, type Hash } from 'node:crypto';
import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../conversation.ts';
import { messageIdOf } from '../message.ts';

/**
 * Ids and contents that version 0.1.0 gave the lines of a message. Do not change them: older ledger items know a line
 * by these only.
 */
export type LegacyLine = { id: string; content: string; url?: string };

/** Gives the legacy lines of one message after the other: one for its text, and one for each further file by URL. */
export function createLegacyLines(): (message: Message) => { first: LegacyLine; others: Map<string, LegacyLine> } {
  const seen = new Map<string, number>();
  return (message) => {
    const id = messageIdOf(message);
    const own = JSON.stringify(id ?? [message.sent_at, legacySideOf(message), legacyBodyOf(message), message.url]);
    const firstId = id !== undefined && id.length <= 64 ? id : distinctDigest(createHash('sha256').update(own), seen);
    if (message.is_deleted === true) return { first: { id: firstId, content: '(message deleted)' }, others: new Map() };
    const [url, ...others] = legacyFilesOf(message);
    if (others.length === 0) {
      return {
        first: { id: firstId, content: legacyContentOf(message, url), ...(url !== undefined && { url }) },
        others: new Map(),
      };
    }
    // Hash a long text only once, however many files it has.
    const start = createHash('sha256').update(`[${own},`);
    function lineOf(url: string): LegacyLine {
      const hash = start.copy().update(`${JSON.stringify(url)}]`);
      return { id: distinctDigest(hash, seen), content: `File: ${url}`, url };
    }
    return {
      first: { id: firstId, content: legacyContentOf(message, url), ...(url !== undefined && { url }) },
      others: new Map(others.map((url) => [url, lineOf(url)])),
    };
  };
}

/** Indents further lines that start with a bracket. */
export function canonicalContent(text: string): string {
  return text.replace(/(\r\n|[\n\v\f\r\u0085\u2028\u2029])(?=[[\p{DI}\p{Zs}\p{Cc}]--[\n\v\f\r\u0085]]*\[)/gv, '$1    ');
}

/** Numbers equal hashes. */
export function distinctDigest(hash: Hash, seen: Map<string, number>): string {
  const digest = hash.digest('base64url');
  const count = (seen.get(digest) ?? 0) + 1;
  seen.set(digest, count);
  return `${digest}-${count}`;
}

/** The sender of a message without an id. */
export function legacySideOf({ sender, operator_id, operator_name, operator_is_bot, type }: Message): string {
  if (sender?.type === 'contact' || sender?.type === 'system') return sender.type;
  if (sender?.type === 'operator' || sender?.type === 'bot' || operator_id || operator_name)
    return operator_is_bot === true || sender?.type === 'bot' ? 'bot' : 'operator';
  return type === 'notification' ? 'system' : 'contact';
}

export function legacyBodyOf({ body, body_plain }: Message): string {
  return body || body_plain || '';
}

function legacyContentOf(message: Message, url: string | undefined): string {
  const body = legacyBodyOf(message).trimEnd();
  const address = url === undefined || body.includes(url) ? '' : `File: ${url}`;
  const text = [body, address].filter((part) => part !== '').join('\n');
  if (text !== '') return canonicalContent(text);
  return message.event ? `(${oneLine(message.event)})` : '(no text)';
}

function legacyFilesOf(message: Message): string[] {
  const listed = ['attachments', 'attachment', 'files', 'file', 'media'].flatMap((key) => [message[key]].flat());
  const urls = listed.map((value) => {
    if (typeof value === 'string') return /^https?:\/\/\S+$/i.test(value) ? value : '';
    if (typeof value !== 'object' || value === null) return '';
    const fields = new Map<string, unknown>(Object.entries(value));
    const texts = ['url', 'href', 'link', 'download_url'].map((key) => fields.get(key));
    return texts.map((text) => (typeof text === 'string' ? oneLine(text) : '')).find((text) => text !== '') ?? '';
  });
  return [...new Set([oneLine(message.url ?? ''), ...urls])].filter((url) => url !== '');
}
