/** Lambda timeouts of the functions. */
export const timeoutSeconds = { intake: 15, mapper: 60, link: 10 } as const;

export type FunctionName = keyof typeof timeoutSeconds;

/** Attempts of a call, including the first. */
const MAX_ATTEMPTS = 2;

/** Sequential AWS calls before a function can respond: secret and queue, or ledger. */
const SEQUENTIAL_CALLS = 2;

/** Time of a function for its own work and for back-off between attempts. */
const OWN_TIME_MS = 1_500;

/** Limit of one attempt. AWS usually responds hundreds of times faster. */
const MAX_ATTEMPT_MS = 2_000;

/**
 * Timeouts of SDK clients, in milliseconds. The function with the shortest timeout must be able to respond even if
 * every attempt of every call hangs.
 */
export const requestHandler = {
  connectionTimeout: 1_000,
  requestTimeout: Math.min(
    MAX_ATTEMPT_MS,
    (Math.min(...Object.values(timeoutSeconds)) * 1_000 - OWN_TIME_MS) / (SEQUENTIAL_CALLS * MAX_ATTEMPTS),
  ),
  throwOnRequestTimeout: true,
};

/** Options of every SDK client. */
export const clientOptions = { maxAttempts: MAX_ATTEMPTS, requestHandler };

/** Longest duration of a call with all attempts and the wait between them. */
export const maxCallMs = MAX_ATTEMPTS * requestHandler.requestTimeout + 500;
