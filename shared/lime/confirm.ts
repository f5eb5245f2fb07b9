import * as z from 'zod';
import { LimeError } from '../errors.ts';
import type { Lime, Sending } from './client.ts';
import { type LimeRequest, query, readLimetypeNames } from './requests.ts';
import { QueryAnswer } from './wire.ts';

/**
 * Lime whose hardest answers need a second sign, because what stands before it may give them too: a 404 of a gateway
 * would make a limeobject anew that is there, and a firewall that refuses one text would keep all others waiting.
 */
export function withSecondSign(lime: Lime): Lime {
  let probing: Promise<boolean> | undefined;

  /** Whether Lime answers the simplest request; those that ask at the same time share it. */
  const answers = (sending: Sending | undefined): Promise<boolean> => {
    probing ??= lime(readLimetypeNames(), z.looseObject({}), sending)
      .then(() => true, isLimesOwn)
      .finally(() => {
        probing = undefined;
      });
    return probing;
  };

  const isGone = async ({ id, limetype }: LimeRequest, sending: Sending | undefined): Promise<boolean> => {
    if (id === undefined || limetype === undefined) return answers(sending);
    const { objects } = await lime(query(limetype, [], { key: '_id', op: '=', exp: id }), QueryAnswer, sending);
    return objects.length === 0;
  };

  return async (request, answer, sending) => {
    try {
      return await lime(request, answer, sending);
    } catch (error) {
      if (!(error instanceof LimeError)) throw error;
      const { failure, status, message, retryAfterSeconds } = error;
      const heals = (why: string) => new LimeError('unavailable', `${message}, ${why}`, { status, cause: error });
      if (failure === 'gone' && !(await isGone(request, sending).catch(() => false))) {
        throw heals('which Lime does not confirm');
      }
      const isFirewall = failure === 'overloaded' && status === 403 && retryAfterSeconds === undefined;
      if (isFirewall && (await answers(sending))) throw heals('while other requests are answered');
      throw error;
    }
  };
}

/** Lime itself has refused: whatever stands before it has let the request pass. */
const isLimesOwn = (error: unknown): boolean =>
  error instanceof LimeError &&
  (error.failure === 'denied' || error.failure === 'refused') &&
  error.status !== undefined;
