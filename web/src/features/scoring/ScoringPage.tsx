import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { BacktestPanel } from "@/features/rules/BacktestPanel";
import { LeaveGuard } from "@/features/rules/editor/LeaveGuard";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { type Job, useJob } from "@/shared/session/useJob";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { Chips } from "@/shared/ui/Chips";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { notifyDone } from "@/shared/ui/notify";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { BandsTab } from "./BandsTab";
import { OverridesPanel } from "./OverridesPanel";
import { PreviewPanel } from "./PreviewPanel";
import { ProfilesTab } from "./ProfilesTab";
import { PublishBar } from "./PublishBar";
import { SeasonsTab } from "./SeasonsTab";
import { SignalsPanel } from "./SignalsPanel";
import { readConfig, sameConfig, writeConfig } from "./scoring.logic";
import { useConfigHistory } from "./useConfigHistory";
import { usePreview } from "./usePreview";
import { VersionsPanel } from "./VersionsPanel";
import "./scoring.css";

const CalendarTab = lazy(async () => ({ default: (await import("./CalendarTab")).CalendarTab }));

type Scoring = Schemas["ScoringOut"];

function Meta({ scoring }: { scoring: Scoring }) {
  const { t } = useTranslation("scoring");
  const { dayTime } = useFormat();
  const { live, draft } = scoring;
  return (
    <>
      {live.published_at
        ? t("meta.live", { version: live.version, when: dayTime(live.published_at) })
        : t("meta.initial", { version: live.version })}
      {draft && ` · ${t("meta.draft", { who: draft.created_by ?? "—", when: dayTime(draft.created_at) })}`}
    </>
  );
}

/** Who makes the scores, where it is not the weights as they are set here. */
function ModeNote({ scoring: { mode, model } }: { scoring: Scoring }) {
  const { t } = useTranslation("chances");
  if (mode === "rules") return null;
  return <p className="form-note scoring-note">{t(`modeNote.${mode}`, { version: model })}</p>;
}

type EditorProps = { scoring: Scoring; reload: () => void; job: Job | undefined; onStarted: (jobId: number) => void };

const TABS = ["weights", "bands", "profiles", "seasons", "calendar", "try", "backtest", "history"] as const;
type Tab = (typeof TABS)[number];
/** Beside these the preview stands. */
const EDITING: readonly Tab[] = ["weights", "bands", "profiles", "seasons"];

function Editor({ scoring, reload, job, onStarted }: EditorProps) {
  const { t } = useTranslation(["scoring", "shell"]);
  const refreshAll = useRefreshAll();
  const phone = usePhone();
  const may = useCan()("publish");
  const mayEdit = may && !phone;
  const [{ tab: asked }, changeUrl] = useUrlState({ tab: "weights" });
  const tab = TABS.find((key) => key === asked) ?? "weights";
  const live = readConfig(scoring.live.config, scoring.bands);
  const edit = useConfigHistory(() => readConfig((scoring.draft ?? scoring.live).config, scoring.bands));
  const { config } = edit;
  const changed = !sameConfig(config, live);
  const saved = readConfig((scoring.draft ?? scoring.live).config, scoring.bands);
  const dirty = mayEdit && !sameConfig(config, saved);
  const preview = usePreview(config, changed);
  const discarded = () => {
    edit.reset(live);
    reload();
  };
  const parts = { config, signals: scoring.signals, disabled: !mayEdit, onChange: edit.change };
  const shown: Record<Tab, () => React.ReactNode> = {
    weights: () => <SignalsPanel {...parts} />,
    bands: () => <BandsTab {...parts} bins={(changed && preview.data?.histogram_after) || scoring.histogram} />,
    profiles: () => <ProfilesTab {...parts} counts={preview.data?.profiles} />,
    seasons: () => <SeasonsTab {...parts} now={scoring.seasons_now.map(({ name }) => name)} />,
    calendar: () => (
      <Suspense fallback={<SkeletonRows />}>
        <CalendarTab disabled={!mayEdit} />
      </Suspense>
    ),
    try: () => <Preview preview={preview} changed={changed} all />,
    backtest: () => <BacktestPanel subject={{ kind: "score", config: writeConfig(config) }} />,
    history: () => (
      <>
        {may && <OverridesPanel />}
        <VersionsPanel mayEdit={mayEdit} onRestored={refreshAll} />
      </>
    ),
  };
  return (
    <>
      <PageHeader
        title={t("shell:nav.scoring")}
        meta={<Meta scoring={scoring} />}
        actions={
          mayEdit && (
            <>
              <UndoButtons edit={edit} />
              <PublishBar
                config={config}
                changed={changed}
                hasDraft={scoring.draft !== null}
                affected={preview.data?.changed}
                onSaved={reload}
                onDiscarded={discarded}
                job={job}
                onStarted={onStarted}
              />
            </>
          )
        }
      />
      <ModeNote scoring={scoring} />
      {!may && <p className="form-note scoring-note">{t("scoring:readOnly")}</p>}
      {may && phone && <p className="form-note scoring-note">{t("scoring:onDesktop")}</p>}
      <Chips
        label={t("scoring:tab.label")}
        items={TABS.map((key) => ({ key, label: t(`scoring:tab.${key}`) }))}
        value={tab}
        onChange={(key) => changeUrl({ tab: key }, { replace: true })}
      />
      <div className={EDITING.includes(tab) ? "scoring scoring-body" : "scoring-body"}>
        <div className="stack">{shown[tab]()}</div>
        {EDITING.includes(tab) && (
          <div className="scoring-side stack">
            <Preview preview={preview} changed={changed} />
          </div>
        )}
      </div>
      <LeaveGuard dirty={dirty} isDirty={() => dirty} />
    </>
  );
}

function Preview({
  preview,
  changed,
  all,
}: {
  preview: ReturnType<typeof usePreview>;
  changed: boolean;
  all?: boolean;
}) {
  const { data, isPending, error } = preview;
  return <PreviewPanel preview={data} busy={isPending} error={error} changed={changed} all={all ?? false} />;
}

function UndoButtons({ edit }: { edit: ReturnType<typeof useConfigHistory> }) {
  const { t } = useTranslation("scoring");
  return (
    <>
      <Button
        type="text"
        aria-label={t("undo")}
        icon={<Icon of={UndoOutlined} />}
        disabled={!edit.canUndo}
        onClick={edit.undo}
      />
      <Button
        type="text"
        aria-label={t("redo")}
        icon={<Icon of={RedoOutlined} />}
        disabled={!edit.canRedo}
        onClick={edit.redo}
      />
    </>
  );
}

/** 评分设置: weights, bands, profiles, seasons, holidays; previewed and backtested before publishing, versions kept. */
export function ScoringPage() {
  const { t } = useTranslation(["scoring", "shell"]);
  const slug = useSlug();
  const refreshAll = useRefreshAll();
  // Kept here: the editor begins anew with every version, and the news of one arrives while its publishing still runs.
  const [jobId, setJobId] = useState<number | null>(null);
  const job = useJob(jobId, ({ status }) => {
    if (status !== "done") return;
    setJobId(null);
    notifyDone(t("scoring:publish.done"));
    refreshAll();
  });
  const scoring = api.useQuery("get", "/api/v1/w/{slug}/scoring", { params: { path: { slug } } });
  const { data } = scoring;
  if (data)
    return (
      <Editor
        key={`${data.live.version}-${data.draft?.version ?? 0}`}
        scoring={data}
        reload={() => void scoring.refetch()}
        job={job}
        onStarted={setJobId}
      />
    );
  return (
    <>
      <PageHeader title={t("shell:nav.scoring")} />
      {scoring.isError ? (
        <ErrorState error={scoring.error} retry={() => void scoring.refetch()} />
      ) : (
        <SkeletonRows rows={8} />
      )}
    </>
  );
}
