import { backOff } from '../../shared/lime/retry.ts';
import { QUEUE_RETENTION_DAYS } from '../limits.ts';

/**
 * The service level objective: the share of conversations that must reach Lime, and within how many seconds of the 200
 * response. The thresholds below follow from it.
 */
export const objective = { share: 0.99, seconds: 300 } as const;

/** Days of the error budget. */
export const BUDGET_DAYS = 28;

/**
 * An alarm looks back over `hours` and goes off when that time has used up `spent` of the budget. The values are those
 * of Google's SRE Workbook, chapter 5, for 30 days.
 */
const BURNS = { fast: { hours: 1, spent: 0.02 }, slow: { hours: 6, spent: 0.05 } } as const;

export type Burn = keyof typeof BURNS;

/** How many times faster than allowed the budget is used up, and the window of the measurement. */
export function burnRate(burn: Burn): { windowSeconds: number; rate: number } {
  const { hours, spent } = BURNS[burn];
  return { windowSeconds: hours * 3_600, rate: Number(((spent * BUDGET_DAYS * 24) / hours).toFixed(2)) };
}

/** Fewer late or parked conversations never raise an alarm: at night, one of two is already half. */
export const MIN_LATE = 3;

/** Every record that is retried returns at least once in this time. */
export const RETRY_WINDOW_SECONDS = backOff.longest;

/** An operator waits for intake's response. A third of its timeout is slow. */
export function slowIntakeMs(intakeTimeoutSeconds: number): number {
  return (intakeTimeoutSeconds * 1_000) / 3;
}

/**
 * A mapper starts no conversation in its last 25 s and ends every request 2 s before its timeout. A longer run waits
 * for Lime instead of returning records.
 */
export function nearTimeoutMs(mapperTimeoutSeconds: number): number {
  return mapperTimeoutSeconds * 1_000 * 0.9;
}

/** Full business hours without a conversation that raise the alarm. */
export const HOURS_WITHOUT_TRAFFIC = 2;

/** Strangers find the endpoint now and then. A wrong key refuses more calls than that within an hour of work. */
export const REFUSED_CALLS = 5;

/** A weekend and a day to act. */
export const DAYS_BEFORE_EXPIRY = 3;

/** Age of a parked conversation that is soon deleted. */
export function expiringSeconds(): number {
  return (QUEUE_RETENTION_DAYS - DAYS_BEFORE_EXPIRY) * 24 * 3_600;
}
