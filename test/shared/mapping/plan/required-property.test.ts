import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../../shared/errors.ts';
import type { Property } from '../../../../shared/lime/wire.ts';
import { person, planIn } from '../../../support/mapping/plan-of.ts';

describe('a required property that is not mapped', () => {
  const required = (change: Partial<Property>) => planIn('helpdesk', 'serial', { required: true, ...change });

  it('is refused where the tenant says that it has no default', () => {
    expect(() => required({ hasDefault: false })).toThrow(
      new MappingError('instances.0.properties: helpdesk.serial is required, has no default and is not mapped'),
    );
  });

  it.each<{ title: string; change: Partial<Property>; unmapped: string[] }>([
    { title: 'is left to Lime where nobody knows of a default', change: {}, unmapped: ['serial'] },
    { title: 'is none where it has a default', change: { hasDefault: true }, unmapped: [] },
    { title: 'is none where Lime computes it', change: { hasDefault: false, computed: true }, unmapped: [] },
    { title: 'is none where it is not required after all', change: { required: false }, unmapped: [] },
  ])('$title', ({ change, unmapped }) => {
    expect(required(change).unmapped).toEqual(unmapped);
  });

  it('is none where a relation holds it', () => {
    const plan = planIn('helpdesk', 'contact', { required: true, hasDefault: false }, { relations: { person } });
    expect(plan.unmapped).toEqual([]);
  });
});
