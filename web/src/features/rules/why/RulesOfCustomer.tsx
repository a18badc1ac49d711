import { RightOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { VerdictTag } from "./VerdictTag";
import { byVerdict } from "./why.logic";

/** What each rule says about a customer; each leads to its conditions. */
export function RulesOfCustomer({
  customerId,
  onRule,
}: {
  customerId: number;
  onRule?: ((ruleId: number) => void) | undefined;
}) {
  const { t } = useTranslation("rules");
  const path = { slug: useSlug(), customer_id: customerId };
  const rules = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/why", { params: { path } });
  if (rules.isError) return <ErrorState error={rules.error} retry={() => void rules.refetch()} />;
  if (!rules.data) return <SkeletonRows />;
  if (rules.data.length === 0) return <EmptyState title={t("why.noRules")} />;
  return (
    <div className="stack">
      <p className="muted">{t("why.rulesText")}</p>
      <ul className="why-rules">
        {byVerdict(rules.data).map(({ rule_id, name, verdict, text }) => (
          <li key={rule_id}>
            <button type="button" title={t("why.open")} onClick={() => onRule?.(rule_id)}>
              <span className="grow">
                <span className="row wrap">
                  <strong>{name}</strong>
                  <VerdictTag verdict={verdict} />
                </span>
                <span className="muted small">{text}</span>
              </span>
              <Icon of={RightOutlined} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
