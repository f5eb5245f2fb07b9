import { expect, it } from '@jest/globals';
import * as z from 'zod';
import { queryAll } from '../../../../shared/delivery/write/context.ts';
import { LimeError, ResponseTooLargeError } from '../../../../shared/errors.ts';
import type { Lime } from '../../../../shared/lime/lime.ts';

const Query = z.object({ limit: z.int(), offset: z.int() });

/** A Lime whose limeobjects have these sizes, and whose answers are given up above a size of 100. */
function aLimeOf(sizes: readonly number[]) {
  const asked: z.infer<typeof Query>[] = [];
  const lime: Lime = async ({ path }, schema) => {
    const q = Query.parse(JSON.parse(new URL(`http://lime${path}`).searchParams.get('q') ?? ''));
    asked.push(q);
    const page = sizes.slice(q.offset, q.offset + q.limit);
    if (page.reduce((sum, size) => sum + size, 0) > 100) {
      throw new LimeError('unavailable', 'no answer', { cause: new ResponseTooLargeError('too large') });
    }
    return schema.parse({ objects: page.map((_, index) => ({ _id: q.offset + index + 1 })) });
  };
  const ids = async () => {
    const found = await queryAll(lime, 'history', ['note'], { key: 'helpdesk', op: '=', exp: 1 });
    return found.map(({ _id }) => _id);
  };
  return { asked, ids };
}

function upTo(count: number) {
  return Array.from({ length: count }, (_, index) => index + 1);
}

it.each([
  { title: 'that fit one answer', sizes: Array(150).fill(0) },
  { title: 'of several pages', sizes: Array(450).fill(0) },
  { title: 'of which a page is too large', sizes: Array(199).fill(1) },
  { title: 'of which each nearly fills an answer', sizes: Array(7).fill(90) },
])('limeobjects $title are all read', async ({ sizes }) => {
  expect(await aLimeOf(sizes).ids()).toEqual(upTo(sizes.length));
});

it('a limeobject that no answer can hold is passed over', async () => {
  expect(await aLimeOf([1, 1, 101, 1]).ids()).toEqual([1, 2, 4]);
});

it('an API that answers too much whatever is asked for is not asked on and on', async () => {
  const { asked, ids } = aLimeOf(Array(1_000).fill(101));
  expect(await ids()).toEqual([]);
  expect(asked.length).toBeLessThan(15);
});
