import { createHmac, timingSafeEqual } from 'node:crypto';

import type { AddonSecret } from '../../credentials.ts';

/**
 * The link to a conversation: `…/{organization}/conversations/{id}?signature=…`, with `&expires=…` (seconds since 1970)
 * if links expire. The signature is an HMAC-SHA-256 over organization, id and expiry, so links can be neither guessed
 * nor extended.
 */
const signatureContexts = {
  lasting: 'userlike-lime conversation link v1',
  expiring: 'userlike-lime conversation link v2',
};

export function signatureOf(linkKey: string, organization: string, id: string, expires?: string): string {
  const signed =
    expires === undefined
      ? [signatureContexts.lasting, organization, id]
      : [signatureContexts.expiring, organization, id, expires];
  return createHmac('sha256', linkKey).update(signed.join('\n')).digest('base64url');
}

/** Checks the form only, at no cost. */
export function isSignatureLike(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Compares the signature in constant time. */
export function isSignature(
  signature: string,
  linkKey: string,
  organization: string,
  id: string,
  expires?: string,
): boolean {
  const expected = Buffer.from(signatureOf(linkKey, organization, id, expires));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** True if a link is signed with the current or previous link key and has not expired. */
export function isValidLink(
  { linkKey, previousLinkKey = linkKey }: Pick<AddonSecret, 'linkKey' | 'previousLinkKey'>,
  link: { organization: string; conversation: string; signature: string; expires?: string | undefined },
  now: number,
): boolean {
  const { organization, conversation, signature, expires } = link;
  if (expires !== undefined && !(/^\d{1,12}$/.test(expires) && now < Number(expires) * 1_000)) return false;
  return [linkKey, previousLinkKey]
    .map((key) => isSignature(signature, key, organization, conversation, expires))
    .includes(true);
}

/** When a link created now expires, in seconds since 1970. Undefined if links do not expire. */
export function expiryOf(now: number, lifetimeDays: number | undefined): number | undefined {
  return lifetimeDays === undefined ? undefined : Math.floor(now / 1_000) + lifetimeDays * 86_400;
}

/** @param origin scheme and host of the endpoint, without a trailing slash */
export function conversationUrl(
  origin: string,
  linkKey: string,
  organization: string,
  id: number | string,
  expires?: number,
): string {
  const end = expires === undefined ? undefined : String(expires);
  const signature = signatureOf(linkKey, organization, String(id), end);
  const query = end === undefined ? `signature=${signature}` : `expires=${end}&signature=${signature}`;
  return `${origin}/${encodeURIComponent(organization)}/conversations/${id}?${query}`;
}
