import { expect, it } from '@jest/globals';
import { createLruCache } from '../../shared/lru-cache.ts';

it('A full cache evicts the entry that was not used for the longest time.', () => {
  const cache = createLruCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect(['a', 'b', 'c'].map(cache.get)).toEqual([1, undefined, 3]);
  cache.set('a', 4);
  cache.delete('c');
  expect(['a', 'b', 'c'].map(cache.get)).toEqual([4, undefined, undefined]);
});
