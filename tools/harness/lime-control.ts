import * as z from 'zod';
import type { FaultInput } from '../../sandbox/sandbox.ts';

const Stats = z.looseObject({
  requests: z.int(),
  mostWithin: z.object({ '1s': z.int(), '5s': z.int(), '300s': z.int() }),
  outstanding: z.int(),
});
export type LimeStats = z.infer<typeof Stats>;

const Requests = z.array(
  z.looseObject({
    at: z.iso.datetime(),
    method: z.string(),
    path: z.string(),
    search: z.string(),
    status: z.int().nullable(),
    faults: z.array(z.string()),
    body: z.unknown().optional(),
  }),
);
export type LimeRequests = z.infer<typeof Requests>;

/** The sandbox through its control routes. */
export type LimeControl = {
  stats: () => Promise<LimeStats>;
  /** The last 5,000 requests, or those of them with this status. */
  requests: (status?: number) => Promise<LimeRequests>;
  forgetRequests: () => Promise<void>;
  /** Forgets everything: limeobjects, requests, faults. */
  reset: () => Promise<void>;
  /** Replaces all faults. */
  setFaults: (faults: readonly FaultInput[]) => Promise<void>;
  /** Makes faults that happen by chance repeatable. */
  seed: (seed: number) => Promise<void>;
  /** All limeobjects of a limetype. */
  objects: (limetype: string) => Promise<unknown>;
};

export function createLimeControl(sandboxUrl: string): LimeControl {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    stats: async () => Stats.parse(await call('GET', 'stats')),
    requests: async (status) =>
      Requests.parse(await call('GET', status === undefined ? 'requests' : `requests?status=${status}`)),
    forgetRequests: async () => {
      await call('DELETE', 'requests');
    },
    reset: async () => {
      await call('POST', 'reset');
    },
    setFaults: async (faults) => {
      await call('PUT', 'faults', faults);
    },
    seed: async (seed) => {
      await call('PUT', 'settings', { seed });
    },
    objects: (limetype) => call('GET', `objects/${limetype}`),
  };
}
