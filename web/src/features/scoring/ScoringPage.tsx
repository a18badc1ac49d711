import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { type Job, useJob } from "@/shared/session/useJob";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { ErrorState } from "@/shared/ui/ErrorState";
import { notifyDone } from "@/shared/ui/notify";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { BandsEditor } from "./BandsEditor";
import { PreviewPanel } from "./PreviewPanel";
import { PublishBar } from "./PublishBar";
import { SignalsPanel } from "./SignalsPanel";
import { readConfig, sameConfig } from "./scoring.logic";
import { usePreview } from "./usePreview";
import { VersionsPanel } from "./VersionsPanel";
import "./scoring.css";

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

type EditorProps = { scoring: Scoring; reload: () => void; job: Job | undefined; onStarted: (jobId: number) => void };

function Editor({ scoring, reload, job, onStarted }: EditorProps) {
  const { t } = useTranslation(["scoring", "shell"]);
  const refreshAll = useRefreshAll();
  const mayEdit = useCan()("publish");
  const live = readConfig(scoring.live.config, scoring.bands);
  const [config, setConfig] = useState(() => readConfig((scoring.draft ?? scoring.live).config, scoring.bands));
  const changed = !sameConfig(config, live);
  const preview = usePreview(config, changed);
  const discarded = () => {
    setConfig(live);
    reload();
  };
  return (
    <>
      <PageHeader
        title={t("shell:nav.scoring")}
        meta={<Meta scoring={scoring} />}
        actions={
          mayEdit && (
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
          )
        }
      />
      {!mayEdit && <p className="form-note">{t("scoring:readOnly")}</p>}
      <div className="scoring">
        <div className="stack">
          <BandsEditor
            bands={config.bands}
            bins={(changed && preview.data?.histogram_after) || scoring.histogram}
            disabled={!mayEdit}
            onChange={(bands) => setConfig({ ...config, bands })}
          />
          <SignalsPanel signals={scoring.signals} config={config} disabled={!mayEdit} onChange={setConfig} />
        </div>
        <div className="scoring-side stack">
          <PreviewPanel preview={preview.data} busy={preview.isPending} error={preview.error} changed={changed} />
          <VersionsPanel mayEdit={mayEdit} onRestored={refreshAll} />
        </div>
      </div>
    </>
  );
}

/** 评分设置: bands, weights and each signal's numbers, previewed on today's customers before publishing. */
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
