import { characterBefore } from '../text/cut.ts';
import { namesIn } from './content-disposition.ts';

/** Longest name of a file, in UTF-16 units. */
const MAX_NAME_LENGTH = 120;

/**
 * A name that is valid everywhere: no folders, control characters or Windows devices, and nothing after the extension
 * that Windows drops or nobody sees. Long names keep their extension.
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

/** `.pdf`. Empty if there is none. */
export function extensionOf(name: string): string {
  return /\.[^.\s]{1,10}$/.exec(name.slice(-11))?.[0] ?? '';
}

/** Sources of a fetched file's name besides its message. */
export type FilenameSource = { disposition?: string | null; url?: URL };

/**
 * The name in the Content-Disposition header, otherwise the message's name or the last part of the URL, whichever has
 * an extension first.
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
