import type { MetricLine } from './body.ts';

/** Five-minute periods in the six hours that the dashboard shows. */
export const PERIODS = 72;

/** The sample shows an outage of Lime for 45 minutes, after which the waiting conversations arrive. */
const OUTAGE = { from: 30, to: 39 };
const CATCHING_UP = 45;

function during(at: number): boolean {
  return at >= OUTAGE.from && at < OUTAGE.to;
}
function after(at: number): boolean {
  return at >= OUTAGE.to && at < CATCHING_UP;
}

/** A number between 0 and 1 that looks random and is the same in every run. */
function noise(at: number, seed: number): number {
  const wave = Math.sin(at * 12.9898 + seed * 78.233) * 43_758.5453;
  return wave - Math.floor(wave);
}

function accepted(at: number): number {
  return Math.round(38 + 16 * Math.sin(at / 14) + 10 * noise(at, 1));
}
function parked(at: number): number {
  return at === 52 ? 2 : 0;
}
function backlog(at: number): number {
  if (during(at)) return (at - OUTAGE.from + 1) * 40;
  return after(at) ? 360 - (at - OUTAGE.to + 1) * 60 : 0;
}
function delivered(share: number) {
  return (at: number) => {
    if (during(at)) return 0;
    return Math.round((accepted(at) - parked(at) + (after(at) ? 60 : 0)) * share);
  };
}

type Sample = (at: number) => number;

/** Samples by the metric's name. If one name has several lines, also by a dimension's value, the statistic, or both. */
const SAMPLES: Record<string, Sample> = {
  ConversationsAccepted: accepted,
  ConversationsRejected: (at) => (noise(at, 2) > 0.9 ? 1 : 0),
  ConversationsIgnored: (at) => Math.round(3 * noise(at, 3)),
  CallsNotTaken: () => 0,
  'Delivered created': delivered(0.72),
  'Delivered updated': delivered(0.19),
  'Delivered unchanged': delivered(0.08),
  'Delivered stale': delivered(0.01),
  Parked: parked,
  Skipped: (at) => Math.round(accepted(at) * 0.02),
  'TimeToLimeByLane interactive p50': (at) => (after(at) ? 1_900 - (at - OUTAGE.to) * 330 : 1 + noise(at, 4)),
  'TimeToLimeByLane interactive p99': (at) => (after(at) ? 2_300 - (at - OUTAGE.to) * 360 : 2 + 2 * noise(at, 5)),
  'TimeToLimeByLane bulk p50': (at) => (after(at) ? 2_400 - (at - OUTAGE.to) * 380 : 8 + 4 * noise(at, 17)),
  'TimeToLimeByLane bulk p99': (at) => (after(at) ? 2_700 - (at - OUTAGE.to) * 400 : 30 + 25 * noise(at, 18)),
  'ApproximateNumberOfMessagesVisible Interactive': (at) => Math.round(backlog(at) * 0.05 + 2 * noise(at, 6)),
  'ApproximateNumberOfMessagesNotVisible Interactive': (at) => Math.round(backlog(at) * 0.2 + 2 * noise(at, 7)),
  'ApproximateNumberOfMessagesVisible Queue': (at) => Math.round(backlog(at) * 0.15 + 4 * noise(at, 19)),
  'ApproximateNumberOfMessagesNotVisible Queue': (at) => Math.round(backlog(at) * 0.6 + 6 * noise(at, 20)),
  'ApproximateNumberOfMessagesVisible DeadLetters': (at) => (at >= 52 ? 2 : 0),
  'ApproximateAgeOfOldestMessage Interactive': (at) => Math.round(noise(at, 21)),
  'ApproximateAgeOfOldestMessage Queue': (at) => 2 + Math.round(2 * noise(at, 13)),
  Returned: (at) => (during(at) ? Math.round(70 + 60 * noise(at, 8)) : noise(at, 8) > 0.93 ? 1 : 0),
  Latency: (at) => 260 + 180 * noise(at, 9),
  Duration: (at) => (during(at) ? 24_000 + 9_000 * noise(at, 10) : 3_500 + 3_000 * noise(at, 10)),
  'LimeRequests 2xx': (at) => Math.round(delivered(2.1)(at)),
  'LimeRequests 3xx': () => 0,
  'LimeRequests 4xx': (at) => parked(at) + (noise(at, 11) > 0.95 ? 1 : 0),
  'LimeRequests 5xx': (at) => (during(at) ? Math.round(60 + 50 * noise(at, 8)) : 0),
  'LimeRequests none': (at) => (during(at) ? Math.round(12 * noise(at, 12)) : 0),
  LimeThrottled: (at) => (after(at) && noise(at, 14) > 0.4 ? 3 : 0),
  LimeDenied: () => 0,
  'BudgetUsed Average': (at) => (after(at) ? 88 : 9 + 6 * noise(at, 15)),
  'BudgetUsed Maximum': (at) => (after(at) ? 99 : 28 + 20 * noise(at, 16)),
  '5xx': () => 0,
  '% in Lime within 5 min': () => 82.4,
};

/** The sample of a line. Every new line of the dashboard needs one. */
export function sampleOf({ name, dimensions, stat, label }: MetricLine): Sample {
  const queue = dimensions.map((value) => /(Queue|Interactive|DeadLetters)[0-9A-F]{8}$/.exec(value)?.[1]).find(Boolean);
  const both = dimensions.map((value) => `${value} ${stat}`);
  const names = [...both, ...dimensions, stat, queue].map((value) => `${name} ${value}`);
  const key =
    [...names, name, label].find((candidate) => candidate !== undefined && Object.hasOwn(SAMPLES, candidate)) ?? '';
  const sample = SAMPLES[key];
  if (sample === undefined) throw new Error(`tools/dashboard/samples.ts has no sample for ${name ?? label}`);
  return sample;
}

/** The raised alarms: the outage is over, but nobody has handled the parked conversations yet. */
export const RAISED = ['Parked', 'BurnSlow'];

/** By the fields of the query. */
export const LAST_FAILURES: Record<string, string>[] = [
  ...['63741902', '63741899'].map((conversation) => ({
    '@timestamp': '12:20:04',
    message: 'parked',
    organization: '108905',
    conversation,
    step: 'object',
    reason: 'POST /api/v1/limeobject/helpdesk/ was answered 400, naming title',
  })),
  ...['63741780', '63741779', '63741771'].map((conversation) => ({
    '@timestamp': '11:14:51',
    message: 'retrying',
    organization: '108905',
    conversation,
    reason: 'GET /api/v1/query/ was answered 503',
    failure: 'unavailable',
  })),
];
