import { backOff } from '../../shared/lime/retry.ts';

/**
 * What is promised to the customers: this share of the conversations that leave the queue is in Lime this soon after
 * Userlike had its 200. The thresholds below follow from it, and from numbers that are set elsewhere.
 */
export const objective = { share: 0.99, seconds: 300 } as const;

/** Days over which the objective is kept: the error budget is what may be late in them. */
export const BUDGET_DAYS = 28;

/**
 * An alarm looks back over `hours` and is raised when that time alone has used up `spent` of the whole budget. Both
 * pairs are those of Google's SRE Workbook, chapter 5, which has them for 30 days.
 */
const BURNS = { fast: { hours: 1, spent: 0.02 }, slow: { hours: 6, spent: 0.05 } } as const;

export type Burn = keyof typeof BURNS;

/** How many times faster than allowed the budget is used up, and the window in which that is measured. */
export function burnRate(burn: Burn): { windowSeconds: number; rate: number } {
  const { hours, spent } = BURNS[burn];
  return { windowSeconds: hours * 3_600, rate: Number(((spent * BUDGET_DAYS * 24) / hours).toFixed(2)) };
}

/** Late or parked conversations below which no rate is an alarm: at night one of two is already half of all. */
export const MIN_LATE = 3;

/** Seconds in which each record that is tried again, whatever its back-off, comes back at least once. */
export const RETRY_WINDOW_SECONDS = backOff.longest;

/** Userlike's operator waits for intake's answer; a third of its timeout is slow, and the timeout is a failure. */
export function slowIntakeMs(intakeTimeoutSeconds: number): number {
  return (intakeTimeoutSeconds * 1_000) / 3;
}

/**
 * A mapper stops starting conversations 25 s before its timeout and gives every request up 2 s before: one that gets
 * this far is latency for Lime instead of handing back.
 */
export function nearTimeoutMs(mapperTimeoutSeconds: number): number {
  return mapperTimeoutSeconds * 1_000 * 0.9;
}

/** Whole hours within business hours without any conversation, until somebody should look. */
export const HOURS_WITHOUT_TRAFFIC = 2;
