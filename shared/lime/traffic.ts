import type { Emit } from '../emit.ts';
import type { LimeFailure } from '../errors.ts';
import { mostRequestsIn } from './budget/arrival-time.ts';

export type Traffic = ReturnType<typeof createTraffic>;

/** Counts the requests of a mapper to Lime, one for each container. */
export function createTraffic(options: { emit: Emit; perSecond: number; now?: () => number }) {
  const { emit, perSecond, now = Date.now } = options;
  let requests = 0;
  return {
    onResponse: (status: number | undefined): void => {
      requests += 1;
      emit('LimeRequests', 1, classOf(status));
    },
    onFailure: (failure: LimeFailure): void => {
      if (failure === 'overloaded') emit('LimeThrottled', 1);
      if (failure === 'denied') emit('LimeDenied', 1);
    },
    /**
     * Measures an invocation by its share of a Lime's budget, even if it throws. Mappers of one Lime share the budget.
     * A mapper may use the budgets of several.
     */
    measured: async <T>(invocation: () => Promise<T>): Promise<T> => {
      const [before, started] = [requests, now()];
      try {
        return await invocation();
      } finally {
        const most = mostRequestsIn(now() - started, perSecond);
        emit('BudgetUsed', Math.min(100, (100 * (requests - before)) / most));
      }
    },
  };
}

function classOf(status = 0) {
  return (['2xx', '3xx', '4xx', '5xx'] as const)[Math.floor(status / 100) - 2] ?? 'none';
}
