import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { withoutEmpty } from "@/shared/list/values";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { RiskTag } from "@/shared/ui/RiskTag";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";

const LIMIT = 50;

/** Members by points, with level and grace. */
export function MembersTab({ levels }: { levels: readonly string[] }) {
  const { t } = useTranslation(["loyalty", "common"]);
  const slug = useSlug();
  const to = useTo();
  const { count, money } = useFormat();
  const [{ level }, change] = useUrlState({ level: "" }, PAGER_KEYS);
  const { cursor } = usePager();
  const query = withoutEmpty({ level, cursor, limit: LIMIT });
  const page = api.useQuery(
    "get",
    "/api/v1/w/{slug}/loyalty/members",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  if (page.isError) return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  if (!page.data) return <SkeletonRows />;
  const { items } = page.data;
  const chips = ["", ...levels, "grace"];
  return (
    <>
      <Chips
        label={t("member.level")}
        items={chips.map((key) => ({ key, label: key === "grace" ? t("member.grace") : key || t("common:state.all") }))}
        value={chips.includes(level) ? level : ""}
        onChange={(next) => change({ level: next })}
      />
      {items.length === 0 ? (
        <EmptyState title={t("member.none")} text={t("member.noneText")} />
      ) : (
        <Panel flush>
          <SimpleTable
            label={t("tab.members")}
            rows={items}
            rowKey={({ customer }) => customer.id}
            columns={[
              {
                key: "customer",
                title: t("member.customer"),
                render: ({ customer }) => <Link to={to(`/customers/${customer.id}`)}>{customer.name}</Link>,
              },
              { key: "risk", title: t("member.risk"), render: (row) => <RiskTag level={row.level} /> },
              {
                key: "level",
                title: t("member.level"),
                render: ({ member_level, keep_until }) => (
                  <>
                    {member_level || "—"}
                    {keep_until && <span className="tag warn"> {t("member.keep", { day: keep_until })}</span>}
                  </>
                ),
              },
              { key: "balance", title: t("member.points"), render: ({ balance }) => count(balance), end: true },
              { key: "yearly", title: t("member.yearly"), render: ({ yearly }) => money(yearly), end: true },
              {
                key: "owner",
                title: t("member.owner"),
                render: ({ owner }) => owner?.name ?? t("common:state.unassigned"),
              },
            ]}
          />
          <PagedFoot page={page.data} size={LIMIT} />
        </Panel>
      )}
    </>
  );
}
