import { describe, expect, it } from '@jest/globals';
import { advance, type Progress, type ProgressEvent } from '../../../shared/delivery/progress.ts';

const object = {
  instance: 'Tickets',
  limetype: 'helpdesk',
  id: 1_001,
  url: 'https://lime.example.com',
  values: 'hash',
};
const begun: Progress = {
  step: 'object',
  object,
  delivered: { writtenDigests: 'digests' },
  isOlder: true,
  hasUnrecordedWrites: false,
};

describe('progress', () => {
  it.each<{ title: string; before?: Partial<Progress>; event: ProgressEvent; change: Partial<Progress> }>([
    { title: 'knows the step that was reached', event: { type: 'step', step: 'note' }, change: { step: 'note' } },
    {
      title: 'knows the limeobject from the moment it exists',
      before: { object: undefined },
      event: { type: 'object', object },
      change: { object },
    },
    {
      title: 'keeps the last state of the limeobject',
      event: { type: 'object', object: { ...object, values: '' } },
      change: { object: { ...object, values: '' } },
    },
    {
      title: 'forgets with a limeobject that is gone what was delivered, and that a newer version was',
      event: { type: 'objectGone' },
      change: { object: undefined, delivered: undefined, isOlder: false },
    },
    {
      title: 'keeps what may be unrecorded when the limeobject is gone',
      before: { hasUnrecordedWrites: true },
      event: { type: 'objectGone' },
      change: { object: undefined, delivered: undefined, isOlder: false },
    },
    { title: 'records the limeobject itself with each settlement', event: { type: 'posted' }, change: {} },
    {
      title: 'does not forget an earlier unrecorded write when the limeobject is created',
      before: { hasUnrecordedWrites: true },
      event: { type: 'posted' },
      change: {},
    },
    ...(['row', 'document', 'note'] as const).map((step) => ({
      title: `has an unrecorded write after a POST of the step ${step}`,
      before: { step },
      event: { type: 'posted' } as const,
      change: { hasUnrecordedWrites: true },
    })),
  ])('$title', ({ before = {}, event, change }) => {
    const progress = Object.freeze({ ...begun, ...before });
    expect(advance(progress, event)).toEqual({ ...progress, ...change });
  });
});
