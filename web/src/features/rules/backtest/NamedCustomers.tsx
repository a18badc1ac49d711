import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { type Backtest, LISTS, type ListName, type Named, PAGE } from "./backtest.logic";

/** Who was caught, who was missed, who was a false alarm: by name. */
export function NamedCustomers({ run }: { run: Backtest }) {
  const { t } = useTranslation("backtests");
  const { count } = useFormat();
  const [list, setList] = useState<ListName>("caught");
  const [shown, setShown] = useState(PAGE);
  const rows = run[list];
  const choose = (next: ListName) => {
    setList(next);
    setShown(PAGE);
  };
  return (
    <section aria-label={t("names.label")} className="stack">
      <h3>{t("names.label")}</h3>
      <Chips
        label={t("names.label")}
        items={LISTS.map((key) => ({
          key,
          label: t(`names.${key}`),
          count: count(run.counts[key] ?? run[key].length),
        }))}
        value={list}
        onChange={choose}
      />
      {rows.length === 0 ? (
        <p className="muted">{t(`names.none.${list}`)}</p>
      ) : (
        <NamedTable list={list} rows={rows.slice(0, shown)} />
      )}
      {rows.length > shown && (
        <Button onClick={() => setShown(shown + PAGE)}>
          {t("names.more", { count: Math.min(PAGE, rows.length - shown) })}
        </Button>
      )}
    </section>
  );
}

function NamedTable({ list, rows }: { list: ListName; rows: readonly Named[] }) {
  const { t } = useTranslation("backtests");
  const to = useTo();
  const none = t("figure.none");
  const columns = [
    {
      key: "name",
      title: t("names.customer"),
      render: ({ customer_id, name, key }: Named) => (
        <>
          <Link to={to(`/customers/${customer_id}`)}>{name}</Link> <span className="muted small">{key}</span>
        </>
      ),
    },
    { key: "first", title: t("names.first"), render: ({ first_flagged }: Named) => first_flagged ?? none },
    { key: "lost", title: t("names.lost"), render: ({ lost_on }: Named) => lost_on ?? none },
    {
      key: "lead",
      title: t("names.lead"),
      end: true,
      render: ({ lead_days }: Named) => (lead_days === null ? none : t("figure.days", { value: lead_days })),
    },
  ];
  const told: Record<ListName, readonly string[]> = {
    caught: ["name", "first", "lost", "lead"],
    missed: ["name", "lost"],
    false_alarms: ["name", "first"],
  };
  return (
    <SimpleTable
      label={t(`names.${list}`)}
      rows={rows}
      rowKey={({ customer_id, first_flagged, lost_on }) => `${customer_id}-${first_flagged}-${lost_on}`}
      columns={columns.filter(({ key }) => told[list].includes(key))}
    />
  );
}
