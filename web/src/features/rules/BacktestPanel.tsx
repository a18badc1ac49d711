import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import { BacktestForm } from "./backtest/BacktestForm";
import { BacktestRun } from "./backtest/BacktestRun";
import { bodyOf, isAbout, type Settings, type Subject } from "./backtest/backtest.logic";
import { PastRuns } from "./backtest/PastRuns";
import "./backtest/backtest.css";

export type { Subject as BacktestSubject } from "./backtest/backtest.logic";

export interface BacktestPanelProps {
  /** What is tested: a rule document, rules, a score configuration, a signal or a threshold. Null while it is not complete. */
  subject: Subject | null;
}

const FIRST: Settings = { every: "month", start: "", end: "", horizon: null };

/**
 * BEY-01: what this would have found on the workspace's own past. Starts, follows and stops a backtest and shows its report;
 * which one is open stands in the address (`backtest`). For anybody who sees customers.
 */
export function BacktestPanel({ subject }: BacktestPanelProps) {
  const { t } = useTranslation("backtests");
  const slug = useSlug();
  const [{ backtest: chosen }, change] = useUrlState({ backtest: "" });
  const [settings, setSettings] = useState(FIRST);
  const kind = subject?.kind;
  const past = api.useQuery(
    "get",
    "/api/v1/w/{slug}/backtests",
    { params: { path: { slug }, query: kind ? { subject: kind } : {} } },
    { enabled: subject !== null },
  );
  const start = api.useMutation("post", "/api/v1/w/{slug}/backtests", {
    meta: { quiet: true },
    onSuccess: ({ id }) => {
      change({ backtest: String(id) }, { replace: true });
      void past.refetch();
    },
  });
  const own = subject ? (past.data ?? []).filter((run) => isAbout(run.subject, subject)) : [];
  const shown = chosen ? Number(chosen) : (own[0]?.id ?? null);
  const run = () => subject && start.mutate({ params: { path: { slug } }, body: bodyOf(subject, settings) });
  return (
    <Panel
      title={t("title")}
      className="backtest"
      extra={
        own.length > 0 && <PastRuns runs={own} value={shown} onChange={(id) => change({ backtest: String(id) })} />
      }
    >
      <div className="stack">
        <p className="muted">{t("text")}</p>
        <BacktestForm
          settings={settings}
          onChange={setSettings}
          onRun={run}
          busy={start.isPending}
          ready={subject !== null}
          again={shown !== null}
        />
        <FormError error={start.error} />
        {shown !== null && <BacktestRun id={shown} subject={subject} />}
        {shown === null && past.isSuccess && <EmptyState title={t("never")} text={t("neverText")} />}
      </div>
    </Panel>
  );
}
