import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score } from "@/shared/ui/Score";
import { DaysLeft } from "./RenewalParts";
import type { RenewalActions } from "./RenewalTable";
import type { Renewal } from "./renewals.logic";

/** The ledger on the phone. */
export function RenewalCards({ rows, ...actions }: Omit<RenewalActions, "onStatus"> & { rows: readonly Renewal[] }) {
  return (
    <ul className="cards">
      {rows.map((row) => (
        <RenewalCard key={row.id} row={row} {...actions} />
      ))}
    </ul>
  );
}

function RenewalCard({ row, onStart, onEdit }: Omit<RenewalActions, "onStatus"> & { row: Renewal }) {
  const { t } = useTranslation(["renewals", "common"]);
  const to = useTo();
  const can = useCan();
  const format = useFormat();
  return (
    <li className="card renewal-card">
      <div className="row">
        <Link className="grow ellipsis renewal-customer" to={to(`/customers/${row.customer.id}`)}>
          {row.customer.name}
        </Link>
        {row.is_sample && <SampleMark />}
        <Score score={row.score} level={row.level} />
      </div>
      <div className="spread">
        <span className="muted ellipsis">{row.contract || row.contract_key}</span>
        <strong className="num">{format.money(row.amount)}</strong>
      </div>
      <div className="spread small">
        <span>
          <DaysLeft row={row} /> <span className="muted">· {row.ends_on}</span>
        </span>
        <span className="tag">{t(`status.${row.status}`)}</span>
      </div>
      {(row.next_step || row.reason) && (
        <p className="small">{[row.next_step, row.next_step_on, row.reason].filter(Boolean).join(" · ")}</p>
      )}
      {can("handle") && (
        <div className="row renewal-actions">
          {row.status === "not_started" && (
            <Button type="primary" onClick={() => onStart(row)}>
              {t("start")}
            </Button>
          )}
          <Button onClick={() => onEdit(row)}>{t("edit")}</Button>
        </div>
      )}
    </li>
  );
}
