import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../../tools/fuzz/options.ts';
import { failedCalls, reportOf, violationsOf } from '../../../tools/fuzz/report.ts';

const outcome = { number: 1, kind: 'bomb', status: 413, ms: 12, violation: undefined };
const result = {
  outcomes: [
    outcome,
    { ...outcome, number: 2 },
    { ...outcome, number: 3, kind: 'key', status: 500, violation: 'status 500' },
    { ...outcome, number: 4, repeated: 'timeout' },
  ],
  samples: [],
  replaced: 1,
};

describe('the report of a fuzz run', () => {
  it('counts the statuses of each kind and lists repeated calls', () => {
    expect(reportOf(result)).toMatch(/\| +bomb \| +3 \| +\| +3 \|\n\| +key \| +\| +1 \| +1 \|/);
    expect(reportOf(result)).toMatch(/sent twice, .*:\n4: timeout$/);
  });

  it('names every violation', () => {
    expect(violationsOf(result)).toEqual(['call 3 (key): status 500', '1 processes ended and were replaced']);
  });

  it('shows each failed call with the command that sends it again', () => {
    const failed = failedCalls(result, readOptions(['--seed', '7']));

    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatch(/^[A-Z]+ [\s\S]+\nagain: npm run fuzz -- --seed 7 --call 3$/);
  });
});
