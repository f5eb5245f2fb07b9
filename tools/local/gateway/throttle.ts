/** Returns true if a call may pass. */
export type Throttle = () => boolean;

/**
 * API Gateway's token bucket: it holds `burst` calls and is refilled by `rate` calls a second.
 * @param now milliseconds
 */
export function createThrottle(
  rate: number,
  burst: number,
  now: () => number = performance.now.bind(performance),
): Throttle {
  let tokens = burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * rate);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
