import { Button, Input } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { isRunning, useJob } from "@/shared/session/useJob";
import { ErrorState } from "@/shared/ui/ErrorState";
import { JobProgress } from "@/shared/ui/JobProgress";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { HitsPanel } from "./HitsPanel";
import { ListFile } from "./ListFile";
import { ListsEditor } from "./ListsEditor";
import { ListsVersions } from "./ListsVersions";
import { type Lists, sameLists } from "./lists.logic";
import { TestBox } from "./TestBox";

type Live = Schemas["ListsOut"];

/** 词库: by which words texts are read, tried and counted before they are saved. */
export function ListsTab() {
  const path = { params: { path: { slug: useSlug() } } };
  const lists = api.useQuery("get", "/api/v1/w/{slug}/text/lists", path);
  if (lists.isError) return <ErrorState error={lists.error} retry={() => void lists.refetch()} />;
  if (!lists.data) return <SkeletonRows rows={6} />;
  return <Editor key={lists.data.number} live={lists.data} onSaved={() => void lists.refetch()} />;
}

function Editor({ live, onSaved }: { live: Live; onSaved: () => void }) {
  const { t } = useTranslation("text");
  const path = { path: { slug: useSlug() } };
  const may = useCan()("publish");
  const [lists, setLists] = useState<Lists>(live.lists);
  const [note, setNote] = useState("");
  const changed = !sameLists(lists, live.lists);
  const saving = api.useMutation("put", "/api/v1/w/{slug}/text/lists", {
    onSuccess: () => {
      notifyDone(t("lists.saved"));
      onSaved();
    },
    onError: notifyError,
  });
  const save = () => saving.mutate({ params: path, body: { lists, note, based_on: live.number } });
  return (
    <div className="stack">
      <p className="muted">{t("lists.text")}</p>
      <Rereading live={live} onEnd={onSaved} />
      <div className="lists-columns">
        <div className="stack">
          <ListsEditor lists={lists} teams={live.teams} onChange={may ? setLists : undefined} />
          {may && (
            <div className="row wrap lists-save">
              <Input
                className="lists-note"
                aria-label={t("lists.note")}
                placeholder={t("lists.note")}
                maxLength={200}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
              <Button type="primary" disabled={!changed} loading={saving.isPending} onClick={save}>
                {t("lists.save")}
              </Button>
              {changed && <Button onClick={() => setLists(live.lists)}>{t("lists.discard")}</Button>}
              <ListFile lists={lists} onRead={setLists} />
            </div>
          )}
        </div>
        <div className="stack">
          <TestBox lists={changed ? lists : null} />
          <HitsPanel lists={lists} />
          <ListsVersions live={live} onRestored={onSaved} />
        </div>
      </div>
    </div>
  );
}

/** How far stored texts follow the lists; whoever publishes may have them read again. */
function Rereading({ live, onEnd }: { live: Live; onEnd: () => void }) {
  const { t } = useTranslation("text");
  const path = { path: { slug: useSlug() } };
  const [started, setStarted] = useState<number | null>(null);
  const running = live.job && isRunning(live.job) ? live.job.id : null;
  const end = useCallback(() => onEnd(), [onEnd]);
  const job = useJob(started ?? running, end);
  const starting = api.useMutation("post", "/api/v1/w/{slug}/text/reread", {
    onSuccess: ({ id }) => setStarted(id),
    onError: notifyError,
  });
  const cancelling = api.useMutation("post", "/api/v1/w/{slug}/jobs/{job_id}/cancel", { onError: notifyError });
  if (job && isRunning(job))
    return (
      <div className="row wrap">
        <div className="grow">
          <JobProgress job={job} />
        </div>
        <Button onClick={() => cancelling.mutate({ params: { path: { ...path.path, job_id: job.id } } })}>
          {t("lists.stop")}
        </Button>
      </div>
    );
  if (live.stale === 0) return null;
  return (
    <div className="row wrap">
      <span>{t("lists.stale", { count: live.stale })}</span>
      {live.may_edit && (
        <Button loading={starting.isPending} onClick={() => starting.mutate({ params: path })}>
          {t("lists.reread")}
        </Button>
      )}
    </div>
  );
}
