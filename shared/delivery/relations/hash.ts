import { createHash, createHmac } from 'node:crypto';

/**
 * Hash of what tells who somebody is. With the organization's hash key nobody guesses it back; an address or a phone
 * number without one is found in a second. Organizations whose secret was made by hand, or earlier, may have none.
 */
export function hashOf(text: string, hashKey: string | undefined): string {
  const hash = hashKey === undefined ? createHash('sha256') : createHmac('sha256', hashKey);
  return hash.update(text).digest('base64url');
}
