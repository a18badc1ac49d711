import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { TagChips } from "@/shared/list/TagChip";
import { useFormat } from "@/shared/session/useFormat";
import { Avatar } from "@/shared/ui/Avatar";
import { RiskTag } from "@/shared/ui/RiskTag";
import { SampleMark } from "@/shared/ui/SampleMark";

type Customer = Schemas["CustomerOut"];
const SOON_DAYS = 30;

/** Who it is and the four facts that a call needs. */
export function CustomerHead({
  customer,
  actions,
  more,
}: {
  customer: Customer;
  actions?: ReactNode;
  more?: ReactNode;
}) {
  const { t } = useTranslation(["customer360", "common"]);
  return (
    <header className="panel c360-head">
      <div className="row c360-who">
        <Avatar name={customer.name} square />
        <div className="grow">
          <h1>
            {customer.name} {customer.name_is_sample && <SampleMark />}
          </h1>
          <div className="row wrap">
            {customer.score && <RiskTag level={customer.score.level} />}
            {customer.status !== "active" && <span className="tag">{t(`common:status.${customer.status}`)}</span>}
            <span className="tag">{t(`common:tier.${customer.tier}`)}</span>
            {customer.segment && <span className="tag">{customer.segment}</span>}
            <TagChips tags={customer.tags} most={6} />
            <span className="muted small">{customer.key}</span>
          </div>
        </div>
        {more}
      </div>
      <Facts customer={customer} />
      {actions && <div className="row c360-actions">{actions}</div>}
    </header>
  );
}

function Facts({ customer }: { customer: Customer }) {
  const { t } = useTranslation(["customer360", "common"]);
  const format = useFormat();
  const ends = customer.contract_ends_on;
  const left = ends ? format.daysUntil(ends) : null;
  const none = t("common:state.none");
  return (
    <dl className="c360-facts">
      <div>
        <dt>{t("fact.annual")}</dt>
        <dd>{format.money(customer.annual_value)}</dd>
      </div>
      <div>
        <dt>{t("fact.lastOrder")}</dt>
        <dd title={customer.last_order_at ? format.dayTime(customer.last_order_at) : undefined}>
          {customer.last_order_at ? format.ago(customer.last_order_at) : none}
        </dd>
      </div>
      <div>
        <dt>{t("fact.lastActivity")}</dt>
        <dd title={customer.last_activity_at ? format.dayTime(customer.last_activity_at) : undefined}>
          {customer.last_activity_at ? format.ago(customer.last_activity_at) : none}
        </dd>
      </div>
      <div>
        <dt>{t("fact.contract")}</dt>
        <dd title={ends ?? undefined} className={left !== null && left <= SOON_DAYS ? "soon" : ""}>
          {left === null ? none : left < 0 ? t("fact.past", { count: -left }) : t("fact.left", { count: left })}
        </dd>
      </div>
      <div>
        <dt>{t("fact.owner")}</dt>
        <dd>{customer.owner?.name ?? t("common:state.unassigned")}</dd>
      </div>
    </dl>
  );
}
