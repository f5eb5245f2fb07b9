import type { Lane } from '../../queue/lane.ts';
import { type Reservation, reserve, takeNext } from './arrival-time.ts';

/** Where all mappers keep the arrival time of each budget. */
export type ArrivalTimes = {
  /** Undefined if nothing has been reserved yet. */
  read: (budget: string) => Promise<number | undefined>;
  /** Replaces an arrival time. False if it is not `last` any more. */
  replace: (budget: string, last: number | undefined, next: number) => Promise<boolean>;
};

/** Reserves a slice of a budget. */
export type Reserve = (lane: Lane, count: number) => Promise<Reservation>;

/** After a failure, the arrival time is not asked for again for so long. */
export const FALLBACK_MS = 5_000;

/** A mapper that another one was faster than tries again within so long. */
const RETRY_MS = { interactive: 20, bulk: 100 } as const satisfies Record<Lane, number>;

/** Reservations in a row that lapsed before the mapper had them. */
const MOST_LATE = 3;

/** Mappers that wait for the same time try it one after the other. Idle time is saved for longer than this. */
const SPREAD_MS = 200;

/**
 * Reserves from a budget that all mappers share. A read precedes each write, because it costs a fifth of one and most
 * tries of bulk find nothing that is due. While the arrival time is out of reach, the mapper sends at the rate that is
 * safe for all of them.
 */
export function createBudget(options: {
  name: string;
  arrivalTimes: ArrivalTimes;
  perSecond: number;
  /** Mappers that may run at once. */
  mappers: number;
  now: () => number;
  random: () => number;
  /** The arrival time is out of reach. */
  onFallback: (error: unknown) => void;
}): Reserve {
  const { name, arrivalTimes, perSecond, mappers, now, random, onFallback } = options;
  let fallbackUntil = Number.NEGATIVE_INFINITY;
  let ownArrivalTime = 0;
  let lateInARow = 0;

  async function reserveShared(lane: Lane, count: number): Promise<Reservation> {
    const last = await arrivalTimes.read(name);
    const reservation = reserve(last, { lane, count, perSecond, now: now() });
    if ('waitMs' in reservation) return { waitMs: reservation.waitMs + random() * SPREAD_MS };
    const isReserved = await arrivalTimes.replace(name, last, reservation.arrivalTime);
    if (!isReserved) return { waitMs: random() * RETRY_MS[lane] };
    lateInARow = takeNext(reservation.slice, lane, now()) === undefined ? lateInARow + 1 : 0;
    if (lateInARow >= MOST_LATE) throw new Error('the table answers so late that reservations lapse');
    return reservation;
  }

  function reserveOwn(lane: Lane, count: number): Reservation {
    const reservation = reserve(ownArrivalTime, { lane, count, perSecond: perSecond / mappers, now: now() });
    if ('slice' in reservation) ownArrivalTime = reservation.arrivalTime;
    return reservation;
  }

  return async (lane, count) => {
    if (now() < fallbackUntil) return reserveOwn(lane, count);
    try {
      return await reserveShared(lane, count);
    } catch (error) {
      onFallback(error);
      fallbackUntil = now() + FALLBACK_MS;
      lateInARow = 0;
      // No idle time is saved from before the failure.
      ownArrivalTime = Math.max(ownArrivalTime, now());
      return reserveOwn(lane, count);
    }
  };
}
