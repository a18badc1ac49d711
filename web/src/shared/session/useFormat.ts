import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import * as dates from "../lib/dates";
import * as format from "../lib/format";
import { useWorkspace } from "./SessionContext";

export function languageOf(text: string): format.Language {
  return text === "en" ? "en" : "zh-CN";
}

/** Formatters bound to the reader's language and the workspace's currency, zone and clock. */
export function useFormat() {
  const { i18n, t } = useTranslation("common");
  const { currency, time_zone: zone, now, counting_word } = useWorkspace();
  const language = languageOf(i18n.language);
  return useMemo(
    () => ({
      language,
      zone,
      now,
      money: (value: number) => format.money(value, currency, language),
      moneyExact: (value: number) => format.moneyExact(value, currency),
      compact: (value: number) => format.compact(value, language),
      count: format.count,
      number: format.number,
      percent: format.percent,
      score: format.score,
      points: format.points,
      /** "1,204 家" / "1,204 customers" */
      customers: (value: number) =>
        t(format.countsPeople(counting_word) ? "count.people" : "count.companies", {
          count: value,
          text: format.count(value),
        }),
      /** "甲、乙" / "A, B" */
      list: (names: readonly string[]) => names.join(t("listSeparator")),
      day: (moment: dates.Moment) => dates.day(moment, zone),
      dayTime: (moment: dates.Moment) => dates.dayTime(moment, zone),
      clock: (moment: dates.Moment) => dates.clock(moment, zone),
      daysUntil: (moment: dates.Moment) => dates.daysUntil(moment, now, zone),
      ago: (moment: dates.Moment) => dates.relative(moment, now, language),
      isToday: (moment: dates.Moment) => dates.isSameDay(moment, now, zone),
    }),
    [language, zone, now, currency, counting_word, t],
  );
}
