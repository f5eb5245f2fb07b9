import { describe, expect, it } from '@jest/globals';
import { nearestField } from '../../../cli/fields/nearest.ts';

describe('the nearest field', () => {
  it.each([
    { path: 'contact.mail', field: 'contact.email' },
    { path: 'contact.phone', field: 'contact.phone_number' },
    { path: 'topics[0].text', field: 'topics.0.text' },
    { path: 'transcript.3.bdy', field: 'transcript.3.body' },
    { path: 'customer.email', field: 'contact.email' },
    { path: 'zzzzzzzzzzzzzzzz', field: undefined },
  ])('of $path is $field', ({ path, field }) => {
    expect(nearestField(path)).toBe(field);
  });

  it('may be one that a real conversation has', () => {
    expect(nearestField('custom.ordr.number', ['custom.order.number'])).toBe('custom.order.number');
    expect(nearestField('custom.order[0]', ['custom.order.0'])).toBe('custom.order.0');
  });
});
