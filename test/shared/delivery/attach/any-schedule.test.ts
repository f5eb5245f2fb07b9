import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Attach } from '../../../../shared/delivery/attach/attach.ts';
import { createWorld, deliverUntilDone } from '../../../support/lime-world.ts';
import { filesOf, jobOf, notesIn, numbersIn, schedules, upTo } from '../../../support/numbered-messages.ts';

it('an attached conversation is in one limeobject once, whatever happens to its requests', async () => {
  await fc.assert(
    fc.asyncProperty(schedules, fc.array(fc.constantFrom(501, 502), { minLength: 30 }), async (schedule, choices) => {
      const world = createWorld(schedule);
      for (const _id of [501, 502]) world.helpdesks.set(_id, { _id, title: 'Of a colleague' });
      // Another search may find another limeobject, because people open and close them.
      const attach: Attach = (_attachable, write) =>
        write({ kind: 'one', id: choices.shift() ?? 501, isClosed: false });
      const attaching = { ...world, deps: { ...world.deps, attach } };
      await deliverUntilDone(jobOf(5), attaching);
      await deliverUntilDone(jobOf(9), attaching);

      expect([...world.helpdesks.values()].map(({ title }) => title)).toEqual(['Of a colleague', 'Of a colleague']);
      const beside = [...world.notes, ...world.rows, ...world.documents];
      expect(new Set(beside.map(({ helpdesk }) => helpdesk)).size).toBe(1);
      expect(numbersIn(notesIn(world))).toEqual(upTo(9));
      expect(world.rows).toHaveLength(1);
      expect(new Set(filesOf(world)).size).toBe(world.documents.length);
    }),
    { numRuns: 200 },
  );
});
