import { keepPreviousData } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonBlock } from "@/shared/ui/Skeletons";
import { OptionsTable } from "./OptionsTable";
import { PromiseCharts } from "./PromiseCharts";
import { PublishPromise } from "./PublishPromise";
import { type Promised, targetOf, versionOf } from "./promise.logic";
import { Segments } from "./Segments";
import { TargetPicker } from "./TargetPicker";
import { Verdict } from "./Verdict";
import "./promise.css";

/** 精确率承诺 (ALT-09): pick a target, see what it was worth on the workspace's own past, publish it. */
export function PromisePage() {
  const { t } = useTranslation("promise");
  const to = useTo();
  const [{ target, version }, change] = useUrlState({ target: "", version: "" });
  const found = api.useQuery(
    "get",
    "/api/v1/w/{slug}/promise",
    {
      params: {
        path: { slug: useSlug() },
        query: { target: targetOf(target) ?? undefined, version: versionOf(version) ?? undefined },
      },
    },
    { placeholderData: keepPreviousData },
  );
  const pick = useCallback((percent: number) => change({ target: String(percent) }, { replace: true }), [change]);
  const report = found.data?.report;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={t("meta")}
        actions={
          <>
            <Link to={to("/model")}>{t("toModel")}</Link>
            {report && <Link to={to(`/model/${report.version}/card`)}>{t("toCard")}</Link>}
            {report && <PublishPromise report={report} onDone={() => void found.refetch()} />}
          </>
        }
      />
      {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <SkeletonBlock height={320} />}
      {found.data && !report && (
        <EmptyState title={t("empty")} text={found.data.missing}>
          <Link to={to("/model")}>{t("toModel")}</Link>
        </EmptyState>
      )}
      {report && !found.isError && <Report report={report} onPick={pick} busy={found.isPlaceholderData} />}
    </>
  );
}

interface ReportProps {
  report: Promised;
  onPick: (percent: number) => void;
  busy: boolean;
}

function Report({ report, onPick, busy }: ReportProps) {
  const { t } = useTranslation("promise");
  return (
    <div className="promise" aria-busy={busy}>
      {!report.live && <p className="form-note">{t("notLive", { number: report.version })}</p>}
      <Panel>
        <TargetPicker target={report.chosen.target} saved={report.saved_target} onPick={onPick} />
      </Panel>
      <Verdict report={report} />
      <Panel title={t("meaning")}>
        <ul className="notes">
          {report.meaning.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <Rates report={report} />
      </Panel>
      <OptionsTable options={report.options} onPick={onPick} />
      <PromiseCharts report={report} />
      <Segments report={report} />
    </div>
  );
}

function Rates({ report }: { report: Promised }) {
  const { t } = useTranslation("promise");
  if (report.rates.length === 0) return null;
  return (
    <details>
      <summary>{t("rates.title")}</summary>
      <ul className="notes muted">
        {report.rates.map((rate) => (
          <li key={`${rate.source}${rate.day}`}>
            {t(`rates.${rate.source}`, { day: rate.day, rate: `${(rate.rate * 100).toFixed(1)}%` })}
            {rate.decides && <b> {t("rates.decides")}</b>}
          </li>
        ))}
      </ul>
    </details>
  );
}
