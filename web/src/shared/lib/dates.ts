import dayjs from "dayjs";
import relativeTime from "dayjs/plugin/relativeTime";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import "dayjs/locale/zh-cn";
import type { Language } from "./format";

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(relativeTime);

export type Moment = string | number | Date;

const LOCALE: Record<Language, string> = { "zh-CN": "zh-cn", en: "en" };

function at(moment: Moment, zone: string) {
  return dayjs(moment).tz(zone);
}

export function day(moment: Moment, zone: string): string {
  return at(moment, zone).format("YYYY-MM-DD");
}

export function dayTime(moment: Moment, zone: string): string {
  return at(moment, zone).format("YYYY-MM-DD HH:mm");
}

export function clock(moment: Moment, zone: string): string {
  return at(moment, zone).format("HH:mm");
}

/** A calendar date without a time ("2011-09-10") is not moved by any zone. */
export function month(date: string): string {
  return dayjs.utc(date.slice(0, 10)).format("YYYY-MM");
}

/** Whole calendar days from `now` to `moment` in the workspace's zone; negative = past. */
export function daysUntil(moment: Moment, now: Moment, zone: string): number {
  const isDate = typeof moment === "string" && moment.length === 10;
  const target = isDate ? dayjs.utc(moment) : dayjs.utc(day(moment, zone));
  return target.diff(dayjs.utc(day(now, zone)), "day");
}

/** "3 days ago" as seen from the workspace's clock, never from the browser's. */
export function relative(moment: Moment, now: Moment, language: Language): string {
  return dayjs(moment).locale(LOCALE[language]).from(dayjs(now));
}

/** Is it today for the people of this workspace? */
export function isSameDay(moment: Moment, now: Moment, zone: string): boolean {
  return day(moment, zone) === day(now, zone);
}

/** The first moment of the local day `offset` days after `now`, as UTC ISO text. */
export function startOfDay(now: Moment, zone: string, offset = 0): string {
  return dayjs.tz(day(now, zone), zone).add(offset, "day").toISOString();
}
