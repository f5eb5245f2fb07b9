import { createHash, createHmac } from 'node:crypto';
import type { Term } from '../../mapping/search.ts';

/**
 * The ledger's key of a created person or company, instead of a conversation's id (digits). It is derived from the
 * first search, so that one contact has one key.
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
 * Hash of a person's identity. Without the organization's hash key, an address or a phone number could be guessed from
 * it in a second. Secrets that are older or were created by hand may have no hash key.
 */
export function hashOf(text: string, hashKey: string | undefined): string {
  const hash = hashKey === undefined ? createHash('sha256') : createHmac('sha256', hashKey);
  return hash.update(text).digest('base64url');
}
