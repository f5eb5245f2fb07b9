import type * as z from 'zod';
import type { FaultInput as LimeFault } from '../../sandbox/sandbox.ts';
import type { Fault as AwsFault } from '../local/emulators/faults.ts';
import { createDraw, type Draw } from './draw.ts';

type AwsFaultInput = z.input<typeof AwsFault>;

/** Faults during a time. */
export type Step = {
  title: string;
  lime: LimeFault[];
  aws: AwsFaultInput[];
  lastsMs: number;
  /** Milliseconds without faults afterwards. */
  pauseMs: number;
};

/** Kills one mapper, or all, some time after Lime has received so many requests. */
export type Kill = { afterRequests: number; delayMs: number; all: boolean };

export type Schedule = { steps: Step[]; kills: Kill[] };

type Faults = Pick<Step, 'lime' | 'aws'> & { lastsMs?: number };
type Draft = (draw: Draw) => Faults;

function lime(...faults: LimeFault[]): Faults {
  return { lime: faults, aws: [] };
}
function aws(...faults: AwsFaultInput[]): Faults {
  return { lime: [], aws: faults };
}
function probability(draw: Draw): number {
  return draw.int(10, 60) / 100;
}
function error(status: 500 | 502 | 503): Draft {
  return (draw) => lime({ kind: 'error', status, commit: draw.chance(0.5), probability: probability(draw) });
}
function throttle(answer: 'retry-after' | 'bare' | 'waf'): Draft {
  return (draw) => lime({ kind: 'throttle', answer, retryAfter: draw.int(5, 60), probability: probability(draw) });
}

/** The action by which a mapper parks a record in the DLQ. */
const PARKING = 'SendMessage';

/** All faults, by the names that `--schedule` takes. */
const drafts = {
  'error-500': error(500),
  'error-502': error(502),
  'error-503': error(503),
  'throttle-retry-after': throttle('retry-after'),
  'throttle-bare': throttle('bare'),
  'throttle-waf': throttle('waf'),
  'reset-before': (draw) => lime({ kind: 'reset', probability: probability(draw) }),
  'reset-after': (draw) => lime({ kind: 'reset', commit: true, probability: probability(draw) }),
  slow: (draw) =>
    lime({ kind: 'slow', ms: [100, draw.int(500, 3_000)], commit: draw.chance(0.5), probability: probability(draw) }),
  'short-outage': (draw) => ({ ...lime({ kind: 'outage' }), lastsMs: draw.int(500, 3_000) }),
  sqs: (draw) => {
    const action = draw.pick([
      'SendMessageBatch',
      'ReceiveMessage',
      'DeleteMessageBatch',
      'ChangeMessageVisibility',
      PARKING,
    ]);
    const partly = action === 'SendMessageBatch' && draw.chance(0.5) ? { entries: draw.int(1, 5) } : {};
    return aws({ service: 'sqs', action, times: draw.int(2, 8), afterwards: draw.chance(0.3), ...partly });
  },
  dynamodb: (draw) =>
    aws({
      service: 'dynamodb',
      action: draw.pick(['UpdateItem', 'UpdateItem', 'GetItem']),
      times: draw.int(2, 20),
      ...(draw.chance(0.5)
        ? { afterwards: true }
        : { status: 400, code: draw.pick(['ProvisionedThroughputExceededException', 'ThrottlingException']) }),
    }),
  'secrets-manager': (draw) => aws({ service: 'secretsmanager', times: draw.int(2, 10) }),
  /** Responds after the mapper has given up, and carries the request out only then. */
  late: () => lime({ kind: 'slow', ms: [9_000, 16_000], probability: 0.05, match: { method: 'POST' } }),
  /** Responds at once, and carries the request out when the mapper may have given up long ago. */
  'late-commit': (draw) => {
    const afterMs: [number, number] = [500, 8_000];
    const late = { commit: { afterMs }, probability: draw.int(5, 20) / 100, match: { method: 'POST' as const } };
    return draw.chance(0.25)
      ? lime({ kind: 'reset', ...late })
      : lime({ kind: 'error', status: draw.pick([408, 502, 504] as const), ...late });
  },
  /** Refuses for good. Parking the record then also fails at times. */
  refused: (draw) => ({
    ...lime({ kind: 'error', status: 422, times: draw.int(1, 3), match: { method: 'POST' } }),
    aws: draw.chance(0.5)
      ? [{ service: 'sqs', action: PARKING, times: draw.int(2, 8), afterwards: draw.chance(0.3) }]
      : [],
  }),
} satisfies Record<string, Draft>;

export type FaultName = keyof typeof drafts;
function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(drafts, name);
}
export const faultNames: readonly FaultName[] = Object.keys(drafts).filter(isFaultName);

/** `late` prolongs a run by its timeouts, so it is played only alone. */
const mixed = faultNames.filter((name) => name !== 'late');

/**
 * Draws the faults of a run and the moments at which mappers are killed.
 * @param kind `mixed`, or the one fault that is repeated
 * @param lastsMs length of all steps together
 * @param requests how many requests Lime is expected to receive
 */
export function createSchedule(options: {
  seed: number;
  kind: 'mixed' | FaultName;
  lastsMs: number;
  kills: number;
  requests: number;
}): Schedule {
  const { seed, kind, lastsMs, kills, requests } = options;
  const draw = createDraw(seed, 'schedule');
  const steps: Step[] = [];
  // Every fault is drawn once before one repeats, so that a short run meets most of them.
  let open: FaultName[] = [];
  for (let total = 0; total < lastsMs; ) {
    if (open.length === 0) open = draw.shuffled(kind === 'mixed' ? mixed : [kind]);
    const step = stepOf(open.splice(0, draw.chance(0.3) ? 2 : 1), draw);
    steps.push(step);
    total += step.lastsMs + step.pauseMs;
  }
  const moments = Array.from({ length: kills }, () => draw.int(requests * 0.05, requests * 0.7));
  return {
    steps,
    kills: moments
      .sort((one, other) => one - other)
      .map((afterRequests) => ({ afterRequests, delayMs: draw.int(0, 200), all: draw.chance(0.3) })),
  };
}

function stepOf(names: readonly FaultName[], draw: Draw): Step {
  const drafted = names.map((name): Faults => drafts[name](draw));
  const [first] = drafted;
  return {
    title: names.join(' + '),
    lime: drafted.flatMap((one) => one.lime),
    aws: drafted.flatMap((one) => one.aws),
    lastsMs: first?.lastsMs ?? draw.int(1_000, 4_000),
    pauseMs: draw.int(0, 500),
  };
}
