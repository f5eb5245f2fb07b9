import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The link that intake hands out for a conversation: `…/{organization}/conversations/{id}?signature=…`.
 * The signature is an HMAC-SHA-256 over organization and id, so that links cannot be guessed.
 */
const context = 'userlike-lime conversation link v1';

export const signatureOf = (linkKey: string, organization: string, id: string): string =>
  createHmac('sha256', linkKey).update([context, organization, id].join('\n')).digest('base64url');

/** Whether it can be a signature at all, which costs nothing to tell. */
export const isSignatureLike = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** True when `signature` belongs to this organization and conversation; compared in constant time. */
export const isSignature = (signature: string, linkKey: string, organization: string, id: string): boolean => {
  const expected = Buffer.from(signatureOf(linkKey, organization, id));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** `origin` is scheme and host of the endpoint, without a trailing slash. */
export const conversationUrl = (origin: string, linkKey: string, organization: string, id: number | string): string =>
  `${origin}/${encodeURIComponent(organization)}/conversations/${id}?signature=${signatureOf(linkKey, organization, String(id))}`;
