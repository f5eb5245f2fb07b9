import { createHash, createHmac } from 'node:crypto';
import type { Term } from '../../mapping/search.ts';

/**
 * The ledger's key of a person or company that is created, in the place of a conversation's id (which are digits). It
 * is made of the first search, so that one contact has one key.
 */
export function creationKey(
  relation: 'person' | 'company',
  limetype: string,
  term: { rule: Pick<Term['rule'], 'as'>; normal: string } | undefined,
  hashKey?: string,
): string {
  const searched = JSON.stringify([limetype, term?.rule.as, term?.normal]);
  return `${relation}:${hashOf(searched, hashKey)}`;
}

/**
 * Hash of what identifies a person. Nobody can guess it back without the organization's hash key; without a key, an
 * address or a phone number is found in a second. Secrets that were made by hand, or earlier, may have no hash key.
 */
export function hashOf(text: string, hashKey: string | undefined): string {
  const hash = hashKey === undefined ? createHash('sha256') : createHmac('sha256', hashKey);
  return hash.update(text).digest('base64url');
}
