import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { precisionOf, rateOf, type Share } from "./promise.logic";

export interface SharesTableProps {
  label: string;
  first: string;
  shares: readonly Share[];
  named?: (name: string) => string;
}

/** Customers, base rate, alerts and precision with Wilson's interval, part by part. */
export function SharesTable({ label, first, shares, named = (name) => name }: SharesTableProps) {
  const { t } = useTranslation("promise");
  const { count, percent } = useFormat();
  const share = (value: number | null) => (value === null ? "—" : percent(value));
  return (
    <SimpleTable
      label={label}
      rows={shares}
      rowKey={({ name }) => name}
      columns={[
        { key: "name", title: first, render: ({ name }) => named(name) },
        { key: "eligible", title: t("share.eligible"), end: true, render: ({ eligible }) => count(eligible) },
        { key: "base", title: t("figure.base"), end: true, render: (one) => share(rateOf(one)) },
        { key: "alerts", title: t("share.alerts"), end: true, render: ({ alerts }) => count(alerts) },
        {
          key: "precision",
          title: t("figure.precision"),
          end: true,
          render: (one) =>
            one.alerts > 0 ? `${share(precisionOf(one))} (${percent(one.low)}–${percent(one.high)})` : "—",
        },
      ]}
    />
  );
}
