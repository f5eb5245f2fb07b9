import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../conversation.ts';
import { fieldsIn } from '../forms/readable-text.ts';
import { bodyOf } from '../message.ts';

/** A file of a message: its unchecked URL and, if known, its name. */
export type MessageFile = { url: string; name: string | undefined };

/** Properties that may contain files, one or a list, in any form. */
export const fileKeys =
  'attachments attachment files file media images image videos video audio voice documents document sticker photo'.split(
    ' ',
  );

/**
 * Userlike documents only `url`; URLs in other properties are taken too. Each URL of one list is a file. The same URL
 * in another property, with any signature, is the same file. A file is identified by its position, because URLs are
 * signed again for each call.
 */
export function filesOf(message: Message): MessageFile[] {
  const files: MessageFile[] = [];
  const byUrl = new Map<string, MessageFile>();
  for (const list of listsIn(message)) {
    const byAddress = new Map(files.map((file) => [withoutSignature(file.url), file]));
    for (const file of list) {
      const known = byUrl.get(file.url) ?? byAddress.get(withoutSignature(file.url));
      if (known === undefined) files.push(file);
      else known.name ??= file.name;
      byUrl.set(file.url, known ?? file);
    }
  }
  return files.map(({ url, name }) => ({ url, name: name ?? lastSegmentOf(url) }));
}

/** Attachments without a URL, for example a place. */
export function attachmentsWithoutFile(message: Message): Record<string, unknown>[] {
  const attached = ['attachments', 'attachment'].flatMap((key) => [message[key]].flat());
  return attached.filter(isFields).filter((one) => fileIn(one).length === 0 && fieldsIn(one) !== '');
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listsIn(message: Message): MessageFile[][] {
  const lists: MessageFile[][] = [];
  const url = message.url ? oneLine(message.url) : '';
  if (url !== '') lists.push([{ url, name: firstText(message, ['file_name', 'filename']) ?? nameIn(bodyOf(message)) }]);
  for (const key of fileKeys) {
    const value = message[key];
    if (value !== undefined && value !== null) lists.push([value].flat().flatMap((one) => fileIn(one)));
  }
  return lists;
}

/** The URL without a storage service's signature. */
export function withoutSignature(url: string): string {
  const [address = ''] = url.split('#', 1);
  const at = address.indexOf('?');
  if (at === -1) return url;
  const pairs = address.slice(at + 1).split('&');
  const kept = pairs.filter((pair) => !isSignature(pair.split('=', 1)[0]?.toLowerCase() ?? ''));
  if (kept.length === pairs.length) return url;
  return address.slice(0, at) + (kept.length === 0 ? '' : `?${kept.join('&')}`) + url.slice(address.length);
}

/** Signature parameters of storage services and CDNs (S3, Google, Azure, CloudFront, Akamai). */
const signatures = new Set(
  'signature sig expires expiry exp token hash hmac policy key-pair-id awsaccesskeyid googleaccessid se st sp sv sr spr skoid sktid ske sks skt skv security-token timestamp ts nonce auth'.split(
    ' ',
  ),
);

function isSignature(name: string): boolean {
  return signatures.has(name) || /^x-(?:amz|goog|oss|ms|cos)-/.test(name);
}

/** Levels at which an attachment may contain its URL: `{ payload: { url } }`, `{ image: { data: { link } } }`. */
const MAX_FILE_DEPTH = 3;

function fileIn(value: unknown, depth = 0): MessageFile[] {
  if (typeof value === 'string') {
    return /^https?:\/\/\S+$/i.test(value) && depth === 0 ? [{ url: value, name: undefined }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const name = firstText(value, ['file_name', 'filename', 'name', 'title']);
  const url = firstText(value, ['url', 'href', 'link', 'download_url', 'src']);
  if (url !== undefined) return [{ url, name }];
  if (depth === MAX_FILE_DEPTH) return [];
  return Object.entries(value)
    .filter(([key]) => !nonFileKeys.includes(key))
    .flatMap(([, inner]) => fileIn(inner, depth + 1))
    .map((file) => ({ url: file.url, name: file.name ?? name }));
}

/** Properties next to a file that have a URL of their own. */
const nonFileKeys = ['thumbnail', 'preview', 'icon', 'avatar', 'sender', 'author', 'user'];

/** The first of these properties that contains text. */
function firstText(value: object, keys: readonly string[]): string | undefined {
  const fields: Record<string, unknown> = { ...value };
  return keys
    .map((key) => (Object.hasOwn(fields, key) ? fields[key] : undefined))
    .map((text) => (typeof text === 'string' ? oneLine(text) : ''))
    .find((text) => text !== '');
}

/** A message text that is one word with an extension is the file's name. */
function nameIn(body: string): string | undefined {
  const word = body.trim();
  const dot = word.lastIndexOf('.');
  const isName = dot > 0 && word.length <= MAX_NAME_LENGTH && !/[\s/\\]/.test(word);
  return isName && /^[a-z\d]{1,5}$/i.test(word.slice(dot + 1)) ? word : undefined;
}

/** Characters of a file's name in a message text. */
const MAX_NAME_LENGTH = 206;

function lastSegmentOf(url: string): string | undefined {
  const path = url.replace(/^[a-z][a-z\d+.-]*:/i, '').replace(/^\/\/[^/?#]*/, '');
  const [beforeQuery = ''] = path.split(/[?#]/, 1);
  const segment = beforeQuery.split('/').findLast((part) => part !== '');
  const name = oneLine(decoded(segment ?? ''))
    .split(/[/\\]/)
    .at(-1);
  return name === '' ? undefined : name;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
