import type { Lane } from '../../queue/lane.ts';
import type { RateLimiter } from '../pipeline/rate-limiter.ts';
import { type ArrivalTimes, createBudget } from './budget.ts';
import { createSliceLimiter } from './slice-limiter.ts';

/** The budget of all tenants in Lime's cloud. Its limit counts by address, and all requests come from the same ones. */
const CLOUD = 'lime-cloud';

/** The name of the budget of a Lime. Every host outside of the cloud has its own. */
export function budgetOf(url: string, cloudHosts: readonly string[]): string {
  const { host } = new URL(url);
  return cloudHosts.some((cloud) => host === cloud || host.endsWith(`.${cloud}`)) ? CLOUD : host;
}

/** Limits all mappers together to the budget of each Lime, the interactive lane first. */
export function createSharedRateLimiter(options: {
  arrivalTimes: ArrivalTimes;
  cloudHosts: readonly string[];
  /** The budget of Lime's cloud, and of every other Lime without a setting. */
  perSecond: number;
  /** An organization's setting. It does not apply in Lime's cloud. */
  perSecondOf: (organization: string) => number | undefined;
  /** Mappers that may run at once. */
  mappers: number;
  now?: () => number;
  random: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  /** An arrival time is out of reach. */
  onFallback: (error: unknown) => void;
}): RateLimiter {
  const { arrivalTimes, cloudHosts, perSecondOf, mappers, now = Date.now, random, sleep, onFallback } = options;
  const limiters = new Map<string, Record<Lane, (maxWaitMs: number) => Promise<void>>>();

  function open(name: string, perSecond: number): Record<Lane, (maxWaitMs: number) => Promise<void>> {
    const reserve = createBudget({ name, arrivalTimes, perSecond, mappers, now, random, onFallback });
    const limiterOf = (lane: Lane) => createSliceLimiter({ lane, reserve, perSecond, now, sleep });
    return { interactive: limiterOf('interactive'), bulk: limiterOf('bulk') };
  }

  return async ({ url, organization, lane, maxWaitMs }) => {
    const name = budgetOf(url, cloudHosts);
    const own = name === CLOUD || organization === undefined ? undefined : perSecondOf(organization);
    const perSecond = own ?? options.perSecond;
    const key = `${name} ${perSecond}`;
    const limiter = limiters.get(key) ?? open(name, perSecond);
    limiters.set(key, limiter);
    await limiter[lane](maxWaitMs);
  };
}
