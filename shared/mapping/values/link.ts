/** Harmless schemes. Lime's web client turns link properties into links that people click. */
const schemes = ['http', 'https', 'mailto', 'tel'];

/**
 * True if a link could run code or open anything but a page, a mail or a call: `javascript:`, `data:` and others.
 * Removes control characters and blanks before reading the scheme, as browsers do. A text without a scheme is safe.
 */
export function isUnsafeLink(text: string): boolean {
  const [, scheme] = /^([a-z][a-z0-9+-]*):/i.exec(text.replace(/[\s\p{Cc}\p{Cf}]/gu, '')) ?? [];
  return scheme !== undefined && !schemes.includes(scheme.toLowerCase());
}
