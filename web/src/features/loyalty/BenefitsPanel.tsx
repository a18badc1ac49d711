import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { month } from "@/shared/lib/dates";
import { useFormat } from "@/shared/session/useFormat";
import { Chart } from "@/shared/ui/Chart";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { benefitsOption, type Month } from "./loyalty.logic";

/** LOY-03 累积权益与流失: side by side, with a word on what they do not prove. */
export function BenefitsPanel({ months }: { months: readonly Month[] }) {
  const { t } = useTranslation("loyalty");
  const { money, count } = useFormat();
  const option = useMemo(() => {
    const words = {
      granted: t("chart.granted"),
      redeemed: t("chart.redeemed"),
      coupons: t("chart.coupons"),
      lost: t("chart.lostValue"),
    };
    return benefitsOption(months, words, money);
  }, [months, t, money]);
  const empty = months.every((one) => !one.granted && !one.redeemed && !one.coupons && !one.lost);
  if (empty) {
    return (
      <Panel title={t("chart.title")}>
        <EmptyState title={t("chart.empty")} text={t("chart.emptyText")} />
      </Panel>
    );
  }
  return (
    <Panel title={t("chart.title")}>
      <p className="muted small">{t("chart.note")}</p>
      <Chart option={option} height={260} label={t("chart.title")} />
      <details>
        <summary>{t("chart.table")}</summary>
        <SimpleTable
          label={t("chart.title")}
          rows={months}
          rowKey={(one) => one.month}
          columns={[
            { key: "month", title: t("chart.month"), render: (one) => month(one.month) },
            { key: "granted", title: t("chart.granted"), render: (one) => money(one.granted), end: true },
            { key: "redeemed", title: t("chart.redeemed"), render: (one) => money(one.redeemed), end: true },
            { key: "lapsed", title: t("chart.lapsed"), render: (one) => money(one.lapsed), end: true },
            { key: "coupons", title: t("chart.coupons"), render: (one) => money(one.coupons), end: true },
            { key: "lost", title: t("chart.lost"), render: (one) => count(one.lost), end: true },
            { key: "value", title: t("chart.lostValue"), render: (one) => money(one.lost_value), end: true },
          ]}
        />
      </details>
    </Panel>
  );
}
