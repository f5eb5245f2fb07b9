import type { Term } from '../../mapping/search.ts';
import { hashOf } from './hash.ts';

/**
 * The ledger's key, in the place of a conversation's id (which are digits), for a person or company that is made: by
 * what is searched first, so that one contact has one key, and whoever knows the address and the organization's hash key can find it again.
 */
export const makingKey = (
  relation: 'person' | 'company',
  limetype: string,
  term: { rule: Pick<Term['rule'], 'as'>; normal: string } | undefined,
  hashKey?: string,
): string => {
  const searched = JSON.stringify([limetype, term?.rule.as, term?.normal]);
  return `${relation}:${hashOf(searched, hashKey)}`;
};
