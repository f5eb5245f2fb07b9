import type * as z from 'zod';
import type { Fault as AwsFault } from '../local/emulators/faults.ts';
import type { FaultInput as LimeFault } from '../sandbox/sandbox.ts';
import { createDraw, type Draw } from './draw.ts';

export type { LimeFault };
export type AwsFaultInput = z.input<typeof AwsFault>;

/** What is wrong for a while. */
export type Step = {
  title: string;
  lime: LimeFault[];
  aws: AwsFaultInput[];
  lastsMs: number;
  /** Milliseconds after it in which nothing is wrong. */
  pauseMs: number;
};

/** A moment, by how many requests Lime has received, and whether one mapper dies or all. */
export type Kill = { afterRequests: number; delayMs: number; all: boolean };

export type Schedule = { steps: Step[]; kills: Kill[] };

type Wrong = Pick<Step, 'lime' | 'aws'> & { lastsMs?: number };
type Draft = (draw: Draw) => Wrong;

function lime(...faults: LimeFault[]): Wrong {
  return { lime: faults, aws: [] };
}
function aws(...faults: AwsFaultInput[]): Wrong {
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

/** The action by which a mapper puts a record into the DLQ. */
const PARKING = 'SendMessage';

/** Everything that can be wrong, each by the name that `--schedule` takes. */
const wrongs = {
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
  /** Answers after the mapper has given up, and carries out only then. */
  late: () => lime({ kind: 'slow', ms: [9_000, 16_000], probability: 0.05, match: { method: 'POST' } }),
  /** Answers at once, and carries out when the mapper may have given up long ago. */
  'late-commit': (draw) => {
    const afterMs: [number, number] = [500, 8_000];
    const late = { commit: { afterMs }, probability: draw.int(5, 20) / 100, match: { method: 'POST' as const } };
    return draw.chance(0.25)
      ? lime({ kind: 'reset', ...late })
      : lime({ kind: 'error', status: draw.pick([408, 502, 504] as const), ...late });
  },
  /** What is refused for good is parked, at times with difficulty. */
  refused: (draw) => ({
    ...lime({ kind: 'error', status: 422, times: draw.int(1, 3), match: { method: 'POST' } }),
    aws: draw.chance(0.5)
      ? [{ service: 'sqs', action: PARKING, times: draw.int(2, 8), afterwards: draw.chance(0.3) }]
      : [],
  }),
} satisfies Record<string, Draft>;

export type Wrongs = keyof typeof wrongs;
function isWrong(name: string): name is Wrongs {
  return Object.hasOwn(wrongs, name);
}
export const wrongNames: readonly Wrongs[] = Object.keys(wrongs).filter(isWrong);

/** `late` makes each run longer by its own timeouts and is played for itself. */
const mixed = wrongNames.filter((name) => name !== 'late');

/**
 * What goes wrong in a run, and when mappers are killed.
 * @param kind `mixed`, or the one that is played again and again
 * @param lastsMs how long something is to be wrong, all together
 * @param requests that Lime is expected to receive
 */
export function createSchedule(options: {
  seed: number;
  kind: 'mixed' | Wrongs;
  lastsMs: number;
  kills: number;
  requests: number;
}): Schedule {
  const { seed, kind, lastsMs, kills, requests } = options;
  const draw = createDraw(seed, 'schedule');
  const steps: Step[] = [];
  // Each kind once before any of them comes again: also a short run meets most of them.
  let open: Wrongs[] = [];
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

function stepOf(names: readonly Wrongs[], draw: Draw): Step {
  const drafted = names.map((name): Wrong => wrongs[name](draw));
  const [first] = drafted;
  return {
    title: names.join(' + '),
    lime: drafted.flatMap((one) => one.lime),
    aws: drafted.flatMap((one) => one.aws),
    lastsMs: first?.lastsMs ?? draw.int(1_000, 4_000),
    pauseMs: draw.int(0, 500),
  };
}
