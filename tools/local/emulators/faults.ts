import * as z from 'zod';

/** Makes the next calls of an emulated service fail. */
export const Fault = z.strictObject({
  service: z.enum(['sqs', 'dynamodb', 'secretsmanager']),
  /** The action, such as `SendMessageBatch`. Without it, every action. */
  action: z.string().optional(),
  /** How many calls fail. By default the SDKs repeat a call twice after 5xx or throttling. */
  times: z.int().positive().default(1),
  status: z.int().min(400).max(599).default(500),
  /** Name of the exception. */
  code: z.string().default('InternalFailure'),
  /** Carries the call out and loses only the response. */
  afterwards: z.boolean().default(false),
  /** Refuses only the first entries of a batch, with 200 and their ids under `Failed`. */
  entries: z.int().positive().optional(),
});
export type Fault = z.infer<typeof Fault>;

export type Faults = {
  add: (fault: Fault) => void;
  clear: () => void;
  pending: () => Fault[];
  /** Takes the fault for a call, if there is one. */
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
