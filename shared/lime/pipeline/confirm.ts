import * as z from 'zod';
import { LimeError } from '../../errors.ts';
import { type Layer, type Lime, UnsentError } from '../lime.ts';
import { type LimeRequest, query, readLimetypeNames } from '../requests.ts';
import { QueryAnswer } from '../wire.ts';

/**
 * Confirms failures that a gateway or firewall in front of Lime may cause, by a second request. A gateway's 404 must
 * not create a limeobject twice, and a firewall that refuses one text must not stop all others. One for each tenant.
 */
export function confirmFailures(): Layer {
  let probing: Promise<boolean> | undefined;

  /** True if Lime answers the simplest request. Concurrent callers share it. */
  function answers(lime: Lime): Promise<boolean> {
    probing ??= lime(readLimetypeNames(), z.looseObject({}))
      .then(() => true, isLimesOwn)
      .finally(() => {
        probing = undefined;
      });
    return probing;
  }

  async function isGone({ id, limetype }: LimeRequest, lime: Lime): Promise<boolean> {
    if (id === undefined || limetype === undefined) return answers(lime);
    const { objects } = await lime(query(limetype, [], { key: '_id', op: '=', exp: id }), QueryAnswer);
    return objects.length === 0;
  }

  return (next) => async (request, schema) => {
    try {
      return await next(request, schema);
    } catch (error) {
      if (!(error instanceof LimeError) || error instanceof UnsentError) throw error;
      const { failure, status, message, retryAfterSeconds } = error;
      const temporary = (why: string) => new LimeError('unavailable', `${message}, ${why}`, { status, cause: error });
      if (failure === 'gone' && !(await isGone(request, next).catch(() => false))) {
        throw temporary('which Lime does not confirm');
      }
      const isFirewall = failure === 'overloaded' && status === 403 && retryAfterSeconds === undefined;
      if (isFirewall && (await answers(next))) throw temporary('while other requests are answered');
      throw error;
    }
  };
}

/** Lime itself has refused, so the firewall accepts the request. */
function isLimesOwn(error: unknown): boolean {
  return (
    error instanceof LimeError &&
    !(error instanceof UnsentError) &&
    (error.failure === 'denied' || error.failure === 'refused') &&
    error.status !== undefined
  );
}
