import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../conversation.ts';
import { fieldsIn } from '../forms/readable-text.ts';
import { bodyOf } from '../message.ts';

/** A file that a message carries: its address as the message has it, unchecked, and its name where one can be told. */
export type MessageFile = { url: string; name: string | undefined };

/** Properties that may hold files, one or a list of them, in any form. */
export const fileKeys =
  'attachments attachment files file media images image videos video audio voice documents document sticker photo'.split(
    ' ',
  );

/**
 * Userlike documents `url` alone. What names an address in another property is taken too. Within a list each address
 * is a file; what another property lists again, with whatever signature, is the same file. A file's place in this list
 * is what it is known by: addresses are signed anew for each call.
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

/** What is attached and no file: a place, or whatever else has no address. */
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

/** An address without what a storage placeholders it with anew for each reader. */
export function withoutSignature(url: string): string {
  const [address = ''] = url.split('#', 1);
  const at = address.indexOf('?');
  if (at === -1) return url;
  const pairs = address.slice(at + 1).split('&');
  const kept = pairs.filter((pair) => !isSignature(pair.split('=', 1)[0]?.toLowerCase() ?? ''));
  if (kept.length === pairs.length) return url;
  return address.slice(0, at) + (kept.length === 0 ? '' : `?${kept.join('&')}`) + url.slice(address.length);
}

/** Names of parameters that storages and content networks sign with (S3, Google, Azure, CloudFront, Akamai). */
const signatures = new Set(
  'signature sig expires expiry exp token hash hmac policy key-pair-id awsaccesskeyid googleaccessid se st sp sv sr spr skoid sktid ske sks skt skv security-token timestamp ts nonce auth'.split(
    ' ',
  ),
);

function isSignature(name: string): boolean {
  return signatures.has(name) || /^x-(?:amz|goog|oss|ms|cos)-/.test(name);
}

/** Levels at which an attachment may hold its address: `{ payload: { url } }`, `{ image: { data: { link } } }`. */
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

/** What stands beside a file and has an address of its own. */
const nonFileKeys = ['thumbnail', 'preview', 'icon', 'avatar', 'sender', 'author', 'user'];

/** The first of these properties that holds a text. */
function firstText(value: object, keys: readonly string[]): string | undefined {
  const fields: Record<string, unknown> = { ...value };
  return keys
    .map((key) => (Object.hasOwn(fields, key) ? fields[key] : undefined))
    .map((text) => (typeof text === 'string' ? oneLine(text) : ''))
    .find((text) => text !== '');
}

/** What was said beside a file, where that is one word with an extension: its name. */
function nameIn(body: string): string | undefined {
  const word = body.trim();
  const dot = word.lastIndexOf('.');
  const isName = dot > 0 && word.length <= LONGEST_NAME && !/[\s/\\]/.test(word);
  return isName && /^[a-z\d]{1,5}$/i.test(word.slice(dot + 1)) ? word : undefined;
}

/** Characters of a file's name that a message may consist of. */
const LONGEST_NAME = 206;

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
