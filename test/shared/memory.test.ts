import { expect, it } from '@jest/globals';
import { createMemory } from '../../shared/memory.ts';

it('what is remembered is forgotten first where it was unused for longest', () => {
  const memory = createMemory<number>(2);
  memory.keep('a', 1);
  memory.keep('b', 2);
  memory.recall('a');
  memory.keep('c', 3);
  expect(['a', 'b', 'c'].map(memory.recall)).toEqual([1, undefined, 3]);
  memory.keep('a', 4);
  memory.forget('c');
  expect(['a', 'b', 'c'].map(memory.recall)).toEqual([4, undefined, undefined]);
});
