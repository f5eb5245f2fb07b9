/** Whether the host is one of `hosts` or below it. */
const isBelow = (hostname: string, hosts: readonly string[]): boolean =>
  hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));

/** Whether a file may be fetched from there: https at its usual port, no user or password, an allowed host. */
export const isAllowed = ({ protocol, hostname, port, username, password }: URL, hosts: readonly string[]): boolean =>
  protocol === 'https:' && port === '' && username === '' && password === '' && isBelow(hostname, hosts);

/** This machine without TLS: for tests and a local run only. */
export const isLocal = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && hostname === '127.0.0.1';

/** Whether a Content-Type is one of `types`, which may end in `/*`. */
export const isTaken = (contentType: string, types: readonly string[]): boolean => {
  const [essence = ''] = contentType.split(';');
  const type = essence.trim().toLowerCase();
  return types.some((taken) =>
    taken.endsWith('/*') ? type.startsWith(taken.slice(0, -1).toLowerCase()) : type === taken.toLowerCase(),
  );
};

/** Characters of a file's name that are kept. */
const longestName = 120;

/** A name that can be a file's anywhere: no folders, no control characters, its ending kept where it is too long. */
export const safeName = (name: string): string | undefined => {
  const plain = name
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/[\p{Cc}\p{Cf}<>:"|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();
  if (plain === undefined || /^\.*$/.test(plain)) return undefined;
  if (plain.length <= longestName) return plain;
  const ending = /\.[^.\s]{1,10}$/.exec(plain)?.[0] ?? '';
  return plain.slice(0, longestName - ending.length).toWellFormed() + ending;
};

/** Where a fetched file's name may be told, besides by the message that carries it. */
export type Origin = { disposition?: string | null; url?: URL };

/**
 * The name of a file: that of its Content-Disposition header (RFC 6266), else the one its message gives, else the last
 * part of its address; of the latter two the first that has an ending, where one has.
 */
export const filenameOf = (given: string, { disposition, url }: Origin): string => {
  const encoded = /filename\*\s*=\s*"?UTF-8''([^";]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^";\s]+))/i.exec(disposition ?? '');
  const others = [given, decoded(url?.pathname.split('/').at(-1))];
  const withEnding = others.filter((name) => name?.includes('.'));
  const names = [decoded(encoded), plain?.[1] ?? plain?.[2], ...withEnding, ...others];
  return names.map((name) => safeName(name ?? '')).find((name) => name !== undefined) ?? 'file';
};

const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
