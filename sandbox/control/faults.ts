import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { htmlError, json, message, type Reply } from '../http/reply.ts';
import { ThrottleAnswer } from '../settings.ts';

/** The requests that a fault applies to. All given conditions must hold. */
const Match = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']).optional(),
  /** A regular expression for the path below the application, such as `^/api/v1/query/`. */
  path: z.string().refine(isRegExp, 'is not a regular expression').optional(),
  limetype: z.string().optional(),
});

const when = {
  match: Match.default({}),
  /** How many matching requests succeed first. */
  skip: z.int().nonnegative().default(0),
  /** How often the fault happens. Without it, until it is removed. */
  times: z.int().positive().optional(),
  probability: z.number().min(0).max(1).default(1),
};

/** Milliseconds, fixed or random within a range. */
const milliseconds = z.union([z.number().nonnegative(), z.tuple([z.number().nonnegative(), z.number().nonnegative()])]);

/** True if the request is carried out although its response is lost. `afterMs` carries it out so long after the response. */
const commit = z.union([z.boolean(), z.strictObject({ afterMs: milliseconds })]).default(false);

export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('throttle'),
    answer: ThrottleAnswer,
    retryAfter: z.int().positive().default(30),
    ...when,
  }),
  z.strictObject({
    kind: z.literal('error'),
    status: z.literal([400, 408, 409, 422, 500, 502, 503, 504]),
    commit,
    ...when,
  }),
  z.strictObject({ kind: z.literal('reset'), commit, ...when }),
  /** With `commit` the request is carried out first and only the response is late. */
  z.strictObject({ kind: z.literal('slow'), ms: milliseconds, commit: z.boolean().default(false), ...when }),
  /** Stores another value than the sent one, as a tenant's own code may do. */
  z.strictObject({ kind: z.literal('rewrite'), property: z.string(), value: z.json(), ...when }),
  /** Creates a second limeobject with the same values, as another integration of the tenant may do. */
  z.strictObject({ kind: z.literal('duplicate'), ...when }),
  /** Resets every connection and carries nothing out. */
  z.strictObject({ kind: z.literal('outage'), ...when }),
]);
export type Fault = z.infer<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;

/** A replacement for the real response. */
export type Answer = Reply | 'reset';

export type Decision = {
  kinds: string[];
  waitBeforeMs: number;
  waitAfterMs: number;
  /** The response. The request is not carried out before it. */
  instead?: Answer;
  /** The request is carried out so long after the response. */
  commitAfterMs?: number;
  /** The response after the request was carried out. */
  afterwards?: Answer;
  rewrites: { property: string; value: unknown }[];
  duplicate: boolean;
};

export type Subject = { method: string; path: string; limetype: string | undefined };

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The three possible responses to a client over the limit. A firewall's page has no Retry-After. */
export function throttled(answer: z.infer<typeof ThrottleAnswer>, retryAfterSeconds: number): Reply {
  if (answer === 'waf') return htmlError(403, 'Forbidden', { server: 'awselb/2.0' });
  return message(429, 'Too Many Requests', answer === 'bare' ? {} : { 'retry-after': String(retryAfterSeconds) });
}

const titles: Partial<Record<number, string>> = {
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

function drawn(ms: z.infer<typeof milliseconds>, random: () => number): number {
  const [least, most] = typeof ms === 'number' ? [ms, ms] : ms;
  return least + (most === least ? 0 : random() * (most - least));
}

export type FaultState = Fault & { seen: number; happened: number };
export type Faults = ReturnType<typeof createFaults>;

/** Tries the faults in the order in which they were added, until one determines the response. */
export function createFaults(random: () => number) {
  let faults: FaultState[] = [];

  const happens = (fault: FaultState): boolean => {
    fault.seen += 1;
    if (fault.seen <= fault.skip || fault.happened >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
    if (fault.probability < 1 && random() >= fault.probability) return false;
    fault.happened += 1;
    return true;
  };

  return {
    list: (): readonly FaultState[] => faults,
    add: (added: readonly FaultInput[]): void => {
      faults = [...faults, ...added.map((fault) => ({ ...Fault.parse(fault), seen: 0, happened: 0 }))];
    },
    clear: (): void => {
      faults = [];
    },
    decide(subject: Subject): Decision {
      const decision: Decision = { kinds: [], waitBeforeMs: 0, waitAfterMs: 0, rewrites: [], duplicate: false };
      for (const fault of faults) {
        if (!fits(fault, subject) || !happens(fault)) continue;
        apply(fault, decision, random);
        if (decision.instead !== undefined || decision.afterwards !== undefined) break;
      }
      return decision;
    },
  };
}

function fits({ match }: Fault, { method, path, limetype }: Subject): boolean {
  return (
    (match.method ?? method) === method &&
    (match.limetype ?? limetype) === limetype &&
    (match.path === undefined || new RegExp(match.path).test(path))
  );
}

function apply(fault: Fault, decision: Decision, random: () => number): void {
  decision.kinds.push(fault.kind);
  if (fault.kind === 'rewrite') decision.rewrites.push({ property: fault.property, value: fault.value });
  if (fault.kind === 'duplicate') decision.duplicate = true;
  if (fault.kind === 'slow') {
    decision[fault.commit ? 'waitAfterMs' : 'waitBeforeMs'] += drawn(fault.ms, random);
  }
  const answer = answerOf(fault);
  if (answer === undefined) return;
  const commits = 'commit' in fault && fault.commit;
  if (typeof commits === 'object') decision.commitAfterMs = drawn(commits.afterMs, random);
  decision[commits === true ? 'afterwards' : 'instead'] = answer;
}

function answerOf(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'throttle':
      return throttled(fault.answer, fault.retryAfter);
    case 'error':
      return failure(fault.status);
    case 'reset':
    case 'outage':
      return 'reset';
    default:
      return undefined;
  }
}

function failure(status: number): Reply {
  const title = titles[status];
  return title === undefined ? json(status, { message: STATUS_CODES[status] }) : htmlError(status, title);
}
