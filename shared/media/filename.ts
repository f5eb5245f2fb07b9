import { characterBefore } from '../text/cut.ts';
import { namesIn } from './content-disposition.ts';

/** UTF-16 units of a file's name that are kept. */
const MAX_NAME_LENGTH = 120;

/**
 * A name that can be a file's anywhere: no folders, no control characters, no device of Windows, nothing behind its
 * extension that Windows drops or nobody sees; the extension kept where it is too long.
 */
export function safeName(name: string): string | undefined {
  const plain = (name.toWellFormed().split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{DI}\u2800<>:"|?*]+/gu, ' ')
    .split(/\s+/)
    .join(' ')
    .trim();
  const end = [...plain].findLastIndex((sign) => sign !== '.' && sign !== ' ') + 1;
  const whole = [...plain].slice(0, end).join('');
  if (whole === '') return undefined;
  const free = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(whole) ? `_${whole}` : whole;
  if (free.length <= MAX_NAME_LENGTH) return free;
  const extension = extensionOf(free);
  const room = MAX_NAME_LENGTH - extension.length;
  return free.slice(0, characterBefore(free, room)) + extension;
}

/** `.pdf`; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.[^.\s]{1,10}$/.exec(name.slice(-11))?.[0] ?? '';
}

/** Where a fetched file's name may be told, besides by the message that carries it. */
export type FilenameSource = { disposition?: string | null; url?: URL };

/**
 * The name of a file: that of its Content-Disposition header, else the one its message gives, else the last part of its
 * address; of the latter two the first that has an extension, where one has.
 */
export function filenameOf(given: string, { disposition, url }: FilenameSource): string {
  const others = [given, decoded(url?.pathname.split('/').at(-1))];
  const withEnding = others.filter((name) => name?.includes('.'));
  const names = [...namesIn(disposition ?? ''), ...withEnding, ...others];
  return names.map((name) => safeName(name ?? '')).find((name) => name !== undefined) ?? 'file';
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
