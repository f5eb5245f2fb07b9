/** True if a file may be fetched from this URL: https on the default port, no credentials, an allowed host. */
export function isAllowedUrl({ protocol, hostname, port, username, password }: URL, hosts: readonly string[]): boolean {
  return protocol === 'https:' && port === '' && username === '' && password === '' && isBelow(hostname, hosts);
}

/** True if the host is one of `hosts` or a sub-domain. */
function isBelow(hostname: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** This machine without TLS, for tests and local runs. */
export function isLocal({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && hostname === '127.0.0.1';
}

/** Types that browsers or office programs execute. Allowed only by their full name. */
const activeTypes = new Set([
  'image/svg+xml',
  'text/html',
  'text/xml',
  'text/javascript',
  'application/xml',
  'application/xhtml+xml',
  'application/javascript',
]);

/** The type of a Content-Type header without parameters. */
export function essenceOf(contentType: string): string {
  const [essence = ''] = contentType.split(';', 1);
  return essence.trim().toLowerCase();
}

/** True if a Content-Type is one of `types`, which may end in `/*`. */
export function isAllowedType(contentType: string, types: readonly string[]): boolean {
  const type = essenceOf(contentType);
  return types.some((taken) =>
    taken.endsWith('/*')
      ? type.startsWith(taken.slice(0, -1).toLowerCase()) && !activeTypes.has(type)
      : type === taken.toLowerCase(),
  );
}
