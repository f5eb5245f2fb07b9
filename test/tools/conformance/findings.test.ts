import { describe, expect, it } from '@jest/globals';
import { unacknowledged, unneeded } from '../../../tools/conformance/findings.ts';

const known = { rule: 'W3005', message: 'a dependency', resource: 'ChatIntakeFunction5E15A954' };

describe('findings', () => {
  it('that are acknowledged for this resource are left out', () => {
    const elsewhere = { ...known, resource: 'ChatEndpointApi' };
    const other = { ...known, rule: 'E3002' };

    expect(unacknowledged([known, elsewhere, other])).toEqual([elsewhere, other]);
  });

  it('that are gone leave an acknowledgement that nobody needs', () => {
    expect(unneeded([known], /^W/)).toEqual([]);
    expect(unneeded([], /^W/)).toEqual(['W3005']);
  });
});
