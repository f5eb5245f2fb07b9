import { TIME_FOR_ONE_MS } from './in-time.ts';

/**
 * Calls a service as long as it answers: near the end of an invocation a failed call is the last one, because the next
 * could hang as long, and all of a batch together longer than the invocation lasts.
 */
export function createPatience(remaining: () => number) {
  let hasFailed = false;
  return async <T>(call: () => Promise<T>): Promise<T> => {
    if (hasFailed && remaining() < TIME_FOR_ONE_MS) throw new Error('the service has just failed');
    try {
      return await call();
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
}
