import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { SearchInput } from "@/shared/list/SearchInput";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { LinkButton } from "./LinkButton";
import { MetricRow } from "./MetricRow";
import { grouped, VIEWS, type View } from "./metrics.logic";
import { useArchiveMetric } from "./useArchiveMetric";
import "./metrics.css";

function NewMetric() {
  const { t } = useTranslation("metrics");
  return (
    <LinkButton path="/metrics/new" primary>
      {t("new")}
    </LinkButton>
  );
}

function Found({ data, view, text }: { data: Schemas["MetricsOut"]; view: View; text: string }) {
  const { t } = useTranslation("metrics");
  const mayEdit = useCan()("publish");
  const { archive, unarchive } = useArchiveMetric();
  const groups = grouped(data, view, text);
  if (!groups.length) {
    const first = view === "own" && !text;
    return (
      <EmptyState title={t(first ? "noOwn" : "none")} text={t(first ? "noOwnText" : "noneText")}>
        {mayEdit && <NewMetric />}
      </EmptyState>
    );
  }
  return groups.map(({ group, label, metrics }) => (
    <Panel key={group} title={label} extra={<span className="muted small num">{metrics.length}</span>} flush>
      <ul>
        {metrics.map((metric) => (
          <MetricRow key={metric.code} metric={metric} mayEdit={mayEdit} onArchive={archive} onUnarchive={unarchive} />
        ))}
      </ul>
    </Panel>
  ));
}

/** 指标: every number that rules, segments and boards can use, built in or made here without code. */
export function MetricsPage() {
  const { t } = useTranslation(["metrics", "shell"]);
  const slug = useSlug();
  const mayEdit = useCan()("publish");
  const [{ view: wanted, q }, change] = useUrlState({ view: "all", q: "" });
  const view = VIEWS.find((one) => one === wanted) ?? "all";
  const list = api.useQuery("get", "/api/v1/w/{slug}/metrics", { params: { path: { slug } } });
  return (
    <>
      <PageHeader title={t("shell:nav.metrics")} meta={t("metrics:about")} actions={mayEdit && <NewMetric />} />
      {!mayEdit && <p className="form-note">{t("metrics:readOnly")}</p>}
      <div className="metric-filter" role="search">
        <SearchInput
          label={t("metrics:search")}
          value={q}
          onChange={(text) => change({ q: text }, { replace: true })}
        />
        <Chips
          label={t("metrics:view.label")}
          items={VIEWS.map((key) => ({ key, label: t(`metrics:view.${key}`) }))}
          value={view}
          onChange={(next) => change({ view: next })}
        />
      </div>
      {list.data ? (
        <div className="stack">
          <Found data={list.data} view={view} text={q} />
        </div>
      ) : list.isError ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : (
        <SkeletonRows rows={10} />
      )}
    </>
  );
}
