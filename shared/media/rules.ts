import { characterBefore } from '../mapping/values/text.ts';
import { namesIn } from './disposition.ts';

/** Whether a file may be fetched from there: https at its usual port, no user or password, an allowed host. */
export function isAllowed({ protocol, hostname, port, username, password }: URL, hosts: readonly string[]): boolean {
  return protocol === 'https:' && port === '' && username === '' && password === '' && isBelow(hostname, hosts);
}

/** Whether the host is one of `hosts` or below it. */
function isBelow(hostname: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** This machine without TLS: for tests and a local run only. */
export function isLocal({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && hostname === '127.0.0.1';
}

/** Types that a browser or an office runs: taken only where they are named in full. */
const activeTypes = new Set([
  'image/svg+xml',
  'text/html',
  'text/xml',
  'text/javascript',
  'application/xml',
  'application/xhtml+xml',
  'application/javascript',
]);

/** The type of a Content-Type header, without its parameters. */
export function essenceOf(contentType: string): string {
  const [essence = ''] = contentType.split(';', 1);
  return essence.trim().toLowerCase();
}

/** Whether a Content-Type is one of `types`, which may end in `/*`. */
export function isTaken(contentType: string, types: readonly string[]): boolean {
  const type = essenceOf(contentType);
  return types.some((taken) =>
    taken.endsWith('/*')
      ? type.startsWith(taken.slice(0, -1).toLowerCase()) && !activeTypes.has(type)
      : type === taken.toLowerCase(),
  );
}

/** UTF-16 units of a file's name that are kept. */
const LONGEST_NAME = 120;

/**
 * A name that can be a file's anywhere: no folders, no control characters, no device of Windows, nothing behind its
 * ending that Windows drops or nobody sees; the ending kept where it is too long.
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
  if (free.length <= LONGEST_NAME) return free;
  const ending = endingOf(free);
  const room = LONGEST_NAME - ending.length;
  return free.slice(0, characterBefore(free, room)) + ending;
}

/** `.pdf`; empty where there is none. */
export function endingOf(name: string): string {
  return /\.[^.\s]{1,10}$/.exec(name.slice(-11))?.[0] ?? '';
}

/** Where a fetched file's name may be told, besides by the message that carries it. */
export type Origin = { disposition?: string | null; url?: URL };

/**
 * The name of a file: that of its Content-Disposition header, else the one its message gives, else the last part of its
 * address; of the latter two the first that has an ending, where one has.
 */
export function filenameOf(given: string, { disposition, url }: Origin): string {
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
