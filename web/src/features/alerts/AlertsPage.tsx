import { keepPreviousData } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { SavedViewChips } from "@/shared/list/SavedViews";
import { useCan, useTo, useWorkspace } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { AlertBulkBar } from "./AlertBulkBar";
import { AlertCards } from "./AlertCards";
import { AlertFilters } from "./AlertFilters";
import { AlertTable } from "./AlertTable";
import { ALERT_URL, type AlertUrl, alertQuery, type Chip, chipOf, chipsFor, countOf, selectedOf } from "./alerts.logic";
import "./alerts.css";
import "@/shared/list/list.css";

const LIMIT = 50;

/** 预警中心. The route below it shows one alert: beside the list on the desktop, instead of it on the phone. */
export function AlertsPage() {
  const { alertId } = useParams();
  const phone = usePhone();
  if (phone && alertId) return <Outlet />;
  return (
    <>
      <AlertList openId={alertId ? Number(alertId) : null} />
      <Outlet />
    </>
  );
}

function AlertList({ openId }: { openId: number | null }) {
  const { t } = useTranslation(["alerts", "common"]);
  const { slug, scope } = useWorkspace();
  const to = useTo();
  const [url, change] = useUrlState<AlertUrl>(ALERT_URL, PAGER_KEYS);
  const chip = chipOf(url.chip, scope);
  const counts = api.useQuery("get", "/api/v1/w/{slug}/alerts/counts", { params: { path: { slug } } });
  const chips = chipsFor(scope).map((key) => ({ key, label: t(`chip.${key}`), count: countOf(key, counts.data) }));
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<ScoreNote />}
        actions={<Link to={to("/model/promise")}>{t("howPrecise")}</Link>}
      />
      <div className="stack alert-chips">
        <Chips label={t("chip.label")} items={chips} value={chip} onChange={(key) => change({ chip: key })} />
        <SavedViewChips page="alerts" />
      </div>
      <AlertResults url={url} chip={chip} change={change} openId={openId} />
    </>
  );
}

interface ResultsProps {
  url: AlertUrl;
  chip: Chip;
  change: (part: Partial<AlertUrl>) => void;
  openId: number | null;
}

function AlertResults({ url, chip, change, openId }: ResultsProps) {
  const { slug } = useWorkspace();
  const phone = usePhone();
  const can = useCan();
  const { cursor } = usePager();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const query = { ...alertQuery(chip, url), ...(cursor && { cursor }), limit: LIMIT };
  const list = api.useQuery(
    "get",
    "/api/v1/w/{slug}/alerts",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  const rows = list.data?.items ?? [];
  const ids = selectedOf(selected, rows);
  const show = phone ? (
    <AlertCards rows={rows} />
  ) : (
    <AlertTable
      rows={rows}
      selected={selected}
      onSelect={setSelected}
      selectable={can("handle") && chip !== "closed"}
      sort={url.sort}
      onSort={(sort) => change({ sort })}
      openId={openId}
    />
  );
  const body = (
    <>
      <AlertFilters url={url} chip={chip} change={change} />
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows />}
      {list.data && (rows.length ? show : <NoAlerts chip={chip} url={url} change={change} />)}
      {list.data && rows.length > 0 && <PagedFoot page={list.data} size={LIMIT} />}
    </>
  );
  return (
    <>
      {phone ? body : <Panel flush>{body}</Panel>}
      {ids.length > 0 && <AlertBulkBar ids={ids} onDone={() => setSelected(new Set())} />}
    </>
  );
}

function NoAlerts({ chip, url, change }: Omit<ResultsProps, "openId">) {
  const { t } = useTranslation(["alerts", "common"]);
  const { q, level, tier, family, segment, owner } = url;
  if ([q, level, tier, family, segment, owner].some(Boolean)) {
    return (
      <EmptyState title={t("empty.filtered")} text={t("empty.filteredText")}>
        <Button onClick={() => change({ q: "", level: "", tier: "", family: "", segment: "", owner: "" })}>
          {t("common:action.clearFilters")}
        </Button>
      </EmptyState>
    );
  }
  return <EmptyState title={t(`empty.${chip}`)} text={t("empty.text")} />;
}
