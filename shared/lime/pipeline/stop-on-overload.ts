import { LimeError } from '../../errors.ts';
import { type Layer, passThrough, UnsentError } from '../lime.ts';

/** The reason why a group of records sends no more requests, which leaves nothing unclear. Undefined while it may send. */
export type OverloadStop = { reason?: LimeError };

/** Stops the other requests of a group at the first sign of overload, or a refused key. */
export function stopOnOverload(stop: OverloadStop | undefined): { observe: Layer; refuse: Layer } {
  if (stop === undefined) return { observe: passThrough, refuse: passThrough };
  return {
    observe: (next) => async (request, schema) => {
      try {
        return await next(request, schema);
      } catch (error) {
        if (error instanceof LimeError && isOverload(error)) stop.reason ??= new UnsentError(error);
        throw error;
      }
    },
    refuse: (next) => async (request, schema) => {
      if (stop.reason !== undefined) throw new UnsentError(stop.reason);
      return next(request, schema);
    },
  };
}

/** Every other request of the organization would fail too. */
function isOverload({ failure, status }: LimeError): boolean {
  return failure === 'overloaded' || failure === 'denied' || status === 503;
}
