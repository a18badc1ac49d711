import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { compactText } from "@/shared/lib/format";
import { LEVEL_FILL } from "@/shared/lib/risk";
import { useFormat } from "@/shared/session/useFormat";
import "./histogram.css";

type Bin = Schemas["HistogramBin"];

/** Bars of customers per ten points, as plain elements: a number over each bar, the level as its colour. */
export function Histogram({ bins, height }: { bins: readonly Bin[]; height: number }) {
  const { t } = useTranslation("dashboard");
  const { language, count } = useFormat();
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  return (
    <ul className="histogram" style={{ height }} aria-label={t("distribution.label")}>
      {bins.map(({ start, count: customers, level }) => (
        <li key={start} aria-label={t("distribution.bin", { start, end: start + 10, customers: count(customers) })}>
          <span aria-hidden>{customers ? compactText(customers, language) : ""}</span>
          <div
            style={{
              height: `${(customers / most) * 100}%`,
              background: LEVEL_FILL[level],
              minHeight: customers ? 2 : 0,
            }}
          />
          <span aria-hidden className="tick">
            {start}
          </span>
        </li>
      ))}
    </ul>
  );
}
