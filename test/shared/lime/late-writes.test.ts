import { describe, expect, it } from '@jest/globals';
import { LimeError } from '../../../shared/errors.ts';
import { mayComeLate } from '../../../shared/lime/retry.ts';

describe('Lime may still be at work on a write', () => {
  it.each([
    { title: 'a proxy has given up', error: new LimeError('unclear', '', { status: 504 }), late: true },
    { title: 'Lime has answered 500', error: new LimeError('unclear', '', { status: 500 }), late: true },
    { title: 'no answer has come', error: new LimeError('unclear', ''), late: true },
    { title: 'its success is not understood', error: new LimeError('unclear', '', { status: 200 }), late: false },
    { title: 'its last success is not understood', error: new LimeError('unclear', '', { status: 299 }), late: false },
    { title: 'it was refused', error: new LimeError('refused', '', { status: 422 }), late: false },
    { title: 'it was never sent', error: new LimeError('unavailable', ''), late: false },
  ])('where $title: $late', ({ error, late }) => {
    expect(mayComeLate(error)).toBe(late);
  });
});
