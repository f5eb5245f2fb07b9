import { type Layer, noTimeLeft, passThrough } from '../lime.ts';
import { timeoutOf } from '../requests.ts';

/** Refuses a request whose response could come later than its caller can wait. */
export function limitTime(remaining: (() => number) | undefined): Layer {
  if (remaining === undefined) return passThrough;
  return (next) => async (request, schema) => {
    if (remaining() < timeoutOf(request)) throw noTimeLeft();
    return next(request, schema);
  };
}
