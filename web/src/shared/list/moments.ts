import { day, daysUntil, type Moment, startOfDay } from "../lib/dates";

const MORNING_MS = 9 * 3_600_000;

/** Nine o'clock of the local day `offset` days after `now`: what a chosen date means for a reminder. */
export function morning(now: Moment, zone: string, offset: number): string {
  return new Date(Date.parse(startOfDay(now, zone, offset)) + MORNING_MS).toISOString();
}

/** The same for a date from a date field ("2011-09-12"). */
export function morningOf(date: string, now: Moment, zone: string): string {
  return morning(now, zone, daysUntil(date, now, zone));
}

/** The local date `offset` days after `now`, as a date field wants it. */
export function dateAfter(now: Moment, zone: string, offset: number): string {
  return day(startOfDay(now, zone, offset), zone);
}
