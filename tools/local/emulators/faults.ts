import * as z from 'zod';

/** A refusal to inject into the next calls of an emulated service. */
export const Fault = z.strictObject({
  service: z.enum(['sqs', 'dynamodb', 'secretsmanager']),
  /** For example `SendMessageBatch`. Default: every action. */
  action: z.string().optional(),
  /** Calls to refuse. The SDKs by default repeat a call twice if it ends in 5xx or throttling. */
  times: z.int().positive().default(1),
  status: z.int().min(400).max(599).default(500),
  /** Name of the exception. */
  code: z.string().default('InternalFailure'),
  /** Executes the call and loses only the response. */
  afterwards: z.boolean().default(false),
  /** Refuses only this many entries of a batch, the first ones, with 200 and their ids under `Failed`. */
  entries: z.int().positive().optional(),
});
export type Fault = z.infer<typeof Fault>;

export type Faults = {
  add: (fault: Fault) => void;
  clear: () => void;
  pending: () => Fault[];
  /** Takes the fault for a call. Each fault is used once. */
  take: (service: string, action: string) => Fault | undefined;
};

export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add: (fault) => {
      faults.push({ ...fault });
    },
    clear: () => {
      faults = [];
    },
    pending: () => faults.map((fault) => ({ ...fault })),
    take: (service, action) => {
      const fault = faults.find(
        (candidate) => candidate.service === service && (candidate.action ?? action) === action,
      );
      if (fault === undefined) return undefined;
      fault.times -= 1;
      faults = faults.filter(({ times }) => times > 0);
      return fault;
    },
  };
}
