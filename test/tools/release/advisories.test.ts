import { describe, expect, it } from '@jest/globals';
import { judgeAudit } from '../../../tools/release/advisories.ts';

const none = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 };
function audit(counts: Partial<typeof none>) {
  return judgeAudit(JSON.stringify({ auditReportVersion: 2, metadata: { vulnerabilities: { ...none, ...counts } } }));
}

describe('the audit of dependencies', () => {
  it.each([
    { title: 'without advisories', counts: {}, stops: false, line: /^no advisory/ },
    { title: 'with a moderate one', counts: { moderate: 1, total: 1 }, stops: false, line: /0 high, 1 moderate/ },
    { title: 'with a high one', counts: { high: 1, total: 1 }, stops: true, line: /1 high/ },
    { title: 'with a critical one', counts: { critical: 2, low: 1, total: 3 }, stops: true, line: /2 critical/ },
  ])('$title stops a release: $stops', ({ counts, stops, line }) => {
    expect(audit(counts)).toEqual({ stops, line: expect.stringMatching(line) });
  });

  it.each([
    {
      title: 'refuses',
      output: '{"message": "405 Method Not Allowed - POST https://npm.example.org/-/npm/v1/security/advisories/bulk"}',
      reason: '405 Method Not Allowed',
    },
    { title: 'is out of reach', output: '{"message": "request to https failed"}', reason: 'request to https failed' },
    { title: 'says nothing that can be read', output: '', reason: 'npm audit wrote no JSON' },
  ])('where the registry $title says so, without its address, and stops nothing', ({ output, reason }) => {
    expect(judgeAudit(output)).toEqual({
      stops: false,
      line: `dependencies were not audited, the registry does not answer: ${reason}`,
    });
  });
});
