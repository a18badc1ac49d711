import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { Score, ScoreNote } from "@/shared/ui/Score";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { usePager } from "@/shared/ui/usePager";

const LIMIT = 50;

/** Who matches the rule as of the last scoring. */
export function RuleCustomers({ ruleId }: { ruleId: number }) {
  const { t } = useTranslation(["rules", "backtests", "common"]);
  const to = useTo();
  const { cursor } = usePager();
  const params = { path: { slug: useSlug(), rule_id: ruleId }, query: { limit: LIMIT, ...(cursor && { cursor }) } };
  const page = api.useQuery(
    "get",
    "/api/v1/w/{slug}/rules/{rule_id}/customers",
    { params },
    { placeholderData: keepPreviousData },
  );
  if (page.isError) return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  if (!page.data) return <SkeletonRows />;
  const { items } = page.data;
  if (items.length === 0) return <EmptyState title={t("customers.none")} text={t("customers.noneText")} />;
  return (
    <Panel title={t("view.customers")} extra={<ScoreNote />} flush>
      <SimpleTable
        label={t("view.customers")}
        rows={items}
        rowKey={({ customer_id }) => customer_id}
        columns={[
          {
            key: "name",
            title: t("backtests:names.customer"),
            render: ({ customer_id, name, key }) => (
              <>
                <Link to={to(`/customers/${customer_id}`)}>{name}</Link> <span className="muted small">{key}</span>
              </>
            ),
          },
          {
            key: "score",
            title: t("common:score.name"),
            render: ({ score, level }) => <Score score={score} level={level} />,
          },
          {
            key: "owner",
            title: t("customers.owner"),
            render: ({ owner }) => owner?.name ?? t("common:state.unassigned"),
          },
          {
            key: "why",
            title: t("why.title"),
            render: ({ customer_id }) => <Link to={`?view=customers&why=${customer_id}`}>{t("why.open")}</Link>,
          },
        ]}
      />
      <PagedFoot page={page.data} size={LIMIT} />
    </Panel>
  );
}
