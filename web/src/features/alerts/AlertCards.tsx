import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { LEVEL_FILL } from "@/shared/lib/risk";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score } from "@/shared/ui/Score";
import { Spark } from "@/shared/ui/Spark";
import { AlertDue, AlertTags } from "./AlertDue";
import type { AlertRow } from "./alerts.logic";

/** The list on the phone: one card is one link. */
export function AlertCards({ rows }: { rows: readonly AlertRow[] }) {
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.id}>
          <AlertCard row={row} />
        </li>
      ))}
    </ul>
  );
}

function AlertCard({ row }: { row: AlertRow }) {
  const { t } = useTranslation(["alerts", "common"]);
  const to = useTo();
  const format = useFormat();
  const { search } = useLocation();
  return (
    <Link to={to(`/alerts/${row.id}`) + search} className="card alert-card">
      <div className="row">
        <Score score={row.score} level={row.level} adjusted={row.is_adjusted} />
        <strong className="grow ellipsis">{row.customer.name}</strong>
        {row.customer.name_is_sample && <SampleMark />}
        <span className="small">
          <Delta value={row.delta_7d} />
        </span>
      </div>
      <div className="row">
        <span className="grow two-lines">{row.top_reason}</span>
        <Spark values={row.history} color={LEVEL_FILL[row.level]} />
      </div>
      <div className="spread small">
        <span className="muted ellipsis">
          {t("annual", { money: format.money(row.annual_value) })} · {row.owner?.name ?? t("common:state.unassigned")}
        </span>
        <span className="row">
          <AlertTags alert={row} />
          <AlertDue alert={row} />
        </span>
      </div>
    </Link>
  );
}
