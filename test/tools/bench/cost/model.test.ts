import { describe, expect, it } from '@jest/globals';
import { costOf, sumOf, type Usage } from '../../../../tools/bench/cost/model.ts';

const single: Usage = {
  bytes: 20_000,
  perCall: 1,
  perBatch: 1,
  intakeSeconds: 0.025,
  mapperSeconds: 1,
  intakeGigabytes: 1,
  mapperGigabytes: 1,
  limeRequests: 3,
  logBytes: 1_000,
};

describe('the cost of a million conversations', () => {
  it('holds every request of a single', () => {
    const cost = costOf(single);
    expect(cost['HTTP API']).toBeCloseTo(1.2);
    expect(cost.mapper).toBeCloseTo(13.5334);
    expect(cost.SQS).toBeCloseTo(3 * 0.4 + 2 * 0.1);
    expect(cost.DynamoDB).toBeCloseTo(3 * 0.7625 + 0.1525);
    expect(cost.logs).toBeCloseTo((1_000 + 2 * 700) * 0.00063);
  });

  it('falls where a request carries several', () => {
    const bulk = costOf({ ...single, perCall: 100, perBatch: 40 });
    expect(bulk['HTTP API']).toBeCloseTo((4 * 1.2) / 100);
    expect(bulk.SQS).toBeCloseTo(0.8 * 0.4 + 0.1 * 0.4 + 0.8 * 0.1);
    expect(sumOf(bulk)).toBeLessThan(sumOf(costOf(single)));
  });

  it('counts a large conversation as several requests to SQS', () => {
    expect(costOf({ ...single, bytes: 200_000 }).SQS).toBeCloseTo((4 + 4 + 1) * 0.4 + (4 + 4) * 0.1);
  });
});
