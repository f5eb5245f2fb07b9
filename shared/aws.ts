/** Seconds after which Lambda ends each function. */
export const timeoutSeconds = { intake: 15, mapper: 60, link: 10 } as const;

export type FunctionName = keyof typeof timeoutSeconds;

/** How often a client sends a call that gets no answer, the first time included. */
const MAX_ATTEMPTS = 2;

/** Calls to AWS that follow each other before a function can answer: secret and queue, or ledger. */
const SEQUENTIAL_CALLS = 2;

/** Milliseconds of a function's time that are not for waiting: back-off between attempts, and its own work. */
const OWN_TIME_MS = 1_500;

/** Milliseconds for one attempt, in which AWS answers hundreds of times over. */
const MAX_ATTEMPT_MS = 2_000;

/**
 * How long the SDK's clients wait, in milliseconds: calls that hang must not use up the time of an invocation.
 * The function with the least time has to be able to answer when each of its calls hangs in each attempt.
 */
export const requestHandler = {
  connectionTimeout: 1_000,
  requestTimeout: Math.min(
    MAX_ATTEMPT_MS,
    (Math.min(...Object.values(timeoutSeconds)) * 1_000 - OWN_TIME_MS) / (SEQUENTIAL_CALLS * MAX_ATTEMPTS),
  ),
  throwOnRequestTimeout: true,
};

/** What each client of a function is made with. */
export const clientOptions = { maxAttempts: MAX_ATTEMPTS, requestHandler };

/** Milliseconds that a call may take in all its attempts, the wait between them included. */
export const maxCallMs = MAX_ATTEMPTS * requestHandler.requestTimeout + 500;
