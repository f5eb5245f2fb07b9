/** Whether the host is one of `hosts` or below it. */
const isBelow = (hostname: string, hosts: readonly string[]): boolean =>
  hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));

/** Whether a file may be fetched from there: https at its usual port, no user or password, an allowed host. */
export const isAllowed = ({ protocol, hostname, port, username, password }: URL, hosts: readonly string[]): boolean =>
  protocol === 'https:' && port === '' && username === '' && password === '' && isBelow(hostname, hosts);

/** This machine without TLS: for tests and a local run only. */
export const isLocal = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && hostname === '127.0.0.1';

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
export const essenceOf = (contentType: string): string => {
  const [essence = ''] = contentType.split(';', 1);
  return essence.trim().toLowerCase();
};

/** Whether a Content-Type is one of `types`, which may end in `/*`. */
export const isTaken = (contentType: string, types: readonly string[]): boolean => {
  const type = essenceOf(contentType);
  return types.some((taken) =>
    taken.endsWith('/*')
      ? type.startsWith(taken.slice(0, -1).toLowerCase()) && !activeTypes.has(type)
      : type === taken.toLowerCase(),
  );
};
