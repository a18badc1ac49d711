import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { VerdictTag } from "./VerdictTag";
import { WhyTree } from "./WhyTree";
import type { Why } from "./why.logic";

/** One rule about one customer: the verdict, each condition, and what became of it. */
export function WhyAnswer({ ruleId, customerId }: { ruleId: number; customerId: number }) {
  const path = { slug: useSlug(), rule_id: ruleId, customer_id: customerId };
  const why = api.useQuery("get", "/api/v1/w/{slug}/rules/{rule_id}/why/{customer_id}", { params: { path } });
  if (why.isError) return <ErrorState error={why.error} retry={() => void why.refetch()} />;
  if (!why.data) return <SkeletonRows />;
  return <Answer why={why.data} />;
}

function Answer({ why }: { why: Why }) {
  const { t } = useTranslation("rules");
  const to = useTo();
  const { dayTime } = useFormat();
  const { customer, verdict, tree, exclude, alert, as_of } = why;
  return (
    <div className="why stack">
      <div>
        <p className="row wrap">
          <VerdictTag verdict={verdict} />
          <Link to={to(`/customers/${customer.id}`)}>{customer.name}</Link>
          <span className="muted small">{customer.key}</span>
        </p>
        <p>{t(`why.verdictText.${verdict}`, { name: customer.name })}</p>
        {as_of && <p className="muted small">{t("why.asOf", { when: dayTime(as_of) })}</p>}
      </div>
      <section aria-label={t("why.when")}>
        <h3>{t("why.when")}</h3>
        <WhyTree node={tree} />
      </section>
      {exclude && (
        <section aria-label={t("why.exclude")}>
          <h3>{t("why.exclude")}</h3>
          <WhyTree node={exclude} />
        </section>
      )}
      <section aria-label={t("why.alert")}>
        <h3>{t("why.alert")}</h3>
        <p>
          <strong>{t(alert.raised ? "why.raised" : "why.notRaised")}</strong>
        </p>
        <ul className="why-steps">
          {alert.steps.map(({ key, ok, text }) => (
            <li key={key} className={ok ? "ok" : "blocked"}>
              <span className="sr-only">{t(ok ? "why.ok" : "why.blocked")} </span>
              {text}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
