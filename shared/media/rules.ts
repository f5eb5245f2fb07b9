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

/** The file name of a Content-Disposition header (RFC 6266), else the last part of the URL's path where that has an ending. */
export const filenameOf = (disposition: string | null, url: URL): string | undefined => {
  const encoded = /filename\*\s*=\s*"?UTF-8''([^";]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^";\s]+))/i.exec(disposition ?? '');
  const last = url.pathname.split('/').at(-1) ?? '';
  const names = [decoded(encoded), plain?.[1] ?? plain?.[2], last.includes('.') ? decoded(last) : undefined];
  return names.map((name) => safeName(name ?? '')).find((name) => name !== undefined);
};

const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
