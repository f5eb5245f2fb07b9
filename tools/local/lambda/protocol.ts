import * as z from 'zod';

/** A message to a function's process: one invocation, at most one at a time. */
export type Invocation = {
  requestId: string;
  event: unknown;
  /** Milliseconds since 1970 at which the process is killed. */
  deadline: number;
  traceId: string;
};

/** A message from a function's process. `payload` is the JSON that the handler returned. */
export const Message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('result'), requestId: z.string(), payload: z.string() }),
  z.strictObject({ type: z.literal('error'), requestId: z.string(), errorType: z.string(), errorMessage: z.string() }),
]);
export type Message = z.infer<typeof Message>;

/** The outcome of an invocation. */
export type Outcome = { type: 'result'; payload: string } | { type: 'error'; errorType: string; errorMessage: string };
