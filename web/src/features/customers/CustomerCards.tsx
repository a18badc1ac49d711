import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { LEVEL_FILL } from "@/shared/lib/risk";
import { TagChips } from "@/shared/list/TagChip";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Avatar } from "@/shared/ui/Avatar";
import { Delta } from "@/shared/ui/Delta";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score } from "@/shared/ui/Score";
import { Spark } from "@/shared/ui/Spark";
import type { CustomerRow } from "./customers.logic";

/** The list on the phone. */
export function CustomerCards({ rows }: { rows: readonly CustomerRow[] }) {
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.id}>
          <CustomerCard row={row} />
        </li>
      ))}
    </ul>
  );
}

function CustomerCard({ row }: { row: CustomerRow }) {
  const { t } = useTranslation(["customers", "common"]);
  const to = useTo();
  const format = useFormat();
  return (
    <Link to={to(`/customers/${row.id}`)} className="card customer-card">
      <div className="row">
        <Avatar name={row.name} square />
        <div className="grow">
          <div className="row">
            <strong className="ellipsis">{row.name}</strong>
            {row.name_is_sample && <SampleMark />}
          </div>
          <div className="muted small ellipsis">
            {row.key} · {t(`common:tier.${row.tier}`)} · {t("annual", { money: format.money(row.annual_value) })}
          </div>
        </div>
        <Score score={row.score} level={row.level} adjusted={row.is_adjusted} />
      </div>
      <div className="row">
        <div className="grow">
          <div className="two-lines">{row.top_reason}</div>
          {row.tags.length > 0 && (
            <div className="row wrap customer-tags">
              <TagChips tags={row.tags} />
            </div>
          )}
          <div className="muted small">
            {row.owner?.name ?? t("common:state.unassigned")}
            {row.last_order_at && ` · ${t("lastOrder", { ago: format.ago(row.last_order_at) })}`}
          </div>
        </div>
        <span className="customer-trend small">
          <Spark values={row.history} color={LEVEL_FILL[row.level]} />
          <Delta value={row.delta_7d} />
        </span>
      </div>
    </Link>
  );
}
