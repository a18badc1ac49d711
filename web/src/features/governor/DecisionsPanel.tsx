import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";

type Decision = Schemas["TouchDecisionOut"];
const LIMIT = 50;
const VERDICTS = ["", "refused", "deferred", "held"] as const;
const RULES = [
  "",
  "consent",
  "frequency",
  "quiet_hours",
  "holiday",
  "suppression",
  "do_not_contact",
  "budget",
  "fair_price",
  "no_address",
  "no_channel",
  "variables",
  "simulated",
  "dry_run",
] as const;

/** Every refusal and deferral with its rule. */
export function DecisionsPanel() {
  const { t } = useTranslation("governor");
  const slug = useSlug();
  const [url, change] = useUrlState({ rule: "", verdict: "" }, PAGER_KEYS);
  const { cursor } = usePager();
  const query = { rule: url.rule, verdict: url.verdict, limit: LIMIT, ...(cursor && { cursor }) };
  const list = api.useQuery(
    "get",
    "/api/v1/w/{slug}/governor/decisions",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  const { data } = list;
  return (
    <div className="stack">
      <div className="row wrap">
        <NativeSelect
          aria-label={t("decisions.why")}
          value={url.rule}
          options={RULES.map((value) => ({ value, label: t(`rule.${value}`) }))}
          onChange={(rule) => change({ rule })}
        />
        <NativeSelect
          aria-label={t("decisions.what")}
          value={url.verdict}
          options={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
          onChange={(verdict) => change({ verdict })}
        />
      </div>
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows rows={6} />}
      {data?.items.length === 0 && <EmptyState title={t("decisions.empty")} />}
      {data && data.items.length > 0 && (
        <>
          <Decisions rows={data.items} />
          <PagedFoot page={data} size={LIMIT} />
        </>
      )}
    </div>
  );
}

function Decisions({ rows }: { rows: readonly Decision[] }) {
  const { t } = useTranslation("governor");
  const format = useFormat();
  const to = useTo();
  return (
    <SimpleTable<Decision>
      label={t("tab.decisions")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: "at", title: t("decisions.when"), render: ({ at }) => format.dayTime(at) },
        {
          key: "customer",
          title: t("decisions.customer"),
          render: ({ customer }) => <Link to={to(`/customers/${customer.id}`)}>{customer.name}</Link>,
        },
        {
          key: "verdict",
          title: t("decisions.what"),
          render: ({ verdict, until }) =>
            until ? t("decisions.until", { when: format.dayTime(until) }) : t(`verdict.${verdict}`),
        },
        { key: "why", title: t("decisions.why"), render: ({ text }) => text },
        { key: "channel", title: t("decisions.channel"), render: ({ channel }) => channel },
      ]}
    />
  );
}
