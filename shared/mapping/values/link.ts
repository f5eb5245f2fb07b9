/** Schemes that lead somewhere; Lime's web client makes what it is given a link that people click. */
const schemes = ['http', 'https', 'mailto', 'tel'];

/**
 * Whether a browser would run or open a link as something else than a page, a mail or a call: `javascript:`, `data:`
 * and their like. Browsers leave out control characters and blanks when they read a scheme, so that is done here too.
 * A text without a scheme, as an e-mail address, is none of them.
 */
export function isUnsafeLink(text: string): boolean {
  const [, scheme] = /^([a-z][a-z0-9+-]*):/i.exec(text.replace(/[\s\p{Cc}\p{Cf}]/gu, '')) ?? [];
  return scheme !== undefined && !schemes.includes(scheme.toLowerCase());
}
