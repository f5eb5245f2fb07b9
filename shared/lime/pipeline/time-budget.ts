import { type Layer, noTimeLeft, passThrough } from '../lime.ts';
import { timeoutOf } from '../requests.ts';

/** Refuses a request whose response could come after its caller's time ends. */
export function limitTime(remaining: (() => number) | undefined): Layer {
  if (remaining === undefined) return passThrough;
  return (next) => async (request, schema) => {
    if (remaining() < timeoutOf(request)) throw noTimeLeft();
    return next(request, schema);
  };
}
