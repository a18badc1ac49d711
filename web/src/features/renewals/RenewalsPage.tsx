import { keepPreviousData } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { withoutEmpty } from "@/shared/list/values";
import { useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { BucketCards } from "./BucketCards";
import { ProgressSheet } from "./ProgressSheet";
import { RenewalCards } from "./RenewalCards";
import { RenewalTable } from "./RenewalTable";
import {
  RENEWAL_URL,
  type Renewal,
  type RenewalUrl,
  SCOPES,
  STATUSES,
  type Status,
  whoseOf,
  windowOf,
} from "./renewals.logic";
import { useRenewalChanges } from "./useRenewalChanges";
import "./renewals.css";
import "@/shared/list/list.css";

const LIMIT = 50;

/** 续约台账: what ends when, how much it is worth, how it stands. */
export function RenewalsPage() {
  const { t } = useTranslation(["renewals", "common"]);
  const { slug, scope: reach } = useWorkspace();
  const format = useFormat();
  const [url, change] = useUrlState<RenewalUrl>(RENEWAL_URL, PAGER_KEYS);
  const { cursor } = usePager();
  const window = windowOf(url.window);
  const whose = whoseOf(url.scope, reach);
  const query = withoutEmpty({ window, scope: whose, status: url.status, sort: url.sort, cursor, limit: LIMIT });
  const ledger = api.useQuery(
    "get",
    "/api/v1/w/{slug}/renewals",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  const scopes = SCOPES.map((key) => ({ key, label: t(`scope.${key}`) }));
  const statuses = ["", ...STATUSES] as const;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={t("meta", { day: format.day(format.now) })}
        actions={
          reach !== "own" && (
            <Chips label={t("scope.label")} items={scopes} value={whose} onChange={(scope) => change({ scope })} />
          )
        }
      />
      <div className="stack">
        {ledger.data && (
          <BucketCards buckets={ledger.data.buckets} value={window} onChange={(next) => change({ window: next })} />
        )}
        <Chips
          label={t("column.status")}
          items={statuses.map((key) => ({ key, label: key ? t(`status.${key}`) : t("common:state.all") }))}
          value={STATUSES.find((status) => status === url.status) ?? ""}
          onChange={(status) => change({ status })}
        />
        {ledger.isError && <ErrorState error={ledger.error} retry={() => void ledger.refetch()} />}
        {ledger.isPending && <SkeletonRows />}
        {ledger.data && <Ledger rows={ledger.data.items} url={url} change={change} />}
        {ledger.data && <PagedFoot page={ledger.data} size={LIMIT} />}
      </div>
    </>
  );
}

interface LedgerProps {
  rows: readonly Renewal[];
  url: RenewalUrl;
  change: (part: Partial<RenewalUrl>) => void;
}

function Ledger({ rows, url, change }: LedgerProps) {
  const { t } = useTranslation(["renewals", "common"]);
  const phone = usePhone();
  const { setStatus, start } = useRenewalChanges();
  const [edited, setEdited] = useState<{ row: Renewal; status?: Status } | null>(null);
  if (rows.length === 0) {
    return (
      <EmptyState title={t("empty.title")} text={t("empty.text")}>
        {url.status && <Button onClick={() => change({ status: "" })}>{t("common:action.clearFilters")}</Button>}
      </EmptyState>
    );
  }
  const actions = {
    onStatus: (row: Renewal, status: Status) =>
      status === "declined" ? setEdited({ row, status }) : setStatus(row, status),
    onStart: start,
    onEdit: (row: Renewal) => setEdited({ row }),
  };
  return (
    <>
      {phone ? (
        <RenewalCards rows={rows} onStart={actions.onStart} onEdit={actions.onEdit} />
      ) : (
        <Panel flush>
          <RenewalTable rows={rows} sort={url.sort} onSort={(sort) => change({ sort })} {...actions} />
        </Panel>
      )}
      <ProgressSheet row={edited?.row ?? null} status={edited?.status} onClose={() => setEdited(null)} />
    </>
  );
}
