import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import type { Job } from "@/shared/session/useJob";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { JobProgress } from "@/shared/ui/JobProgress";
import { notifyDone } from "@/shared/ui/notify";
import { type ScoreConfig, writeConfig } from "./scoring.logic";

export interface PublishBarProps {
  config: ScoreConfig;
  /** Differs from what is live. */
  changed: boolean;
  hasDraft: boolean;
  affected: number | undefined;
  onSaved: () => void;
  onDiscarded: () => void;
  /** The scoring that publishing began; undefined while none runs. */
  job: Job | undefined;
  onStarted: (jobId: number) => void;
}

/** Save the draft, throw it away, or publish it: publishing saves first, then scores everybody. */
export function PublishBar({
  config,
  changed,
  hasDraft,
  affected,
  onSaved,
  onDiscarded,
  job,
  onStarted,
}: PublishBarProps) {
  const { t } = useTranslation(["scoring", "common"]);
  const slug = useSlug();
  const path = { slug };
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const save = api.useMutation("put", "/api/v1/w/{slug}/scoring/draft", { meta: { quiet: true } });
  const discard = api.useMutation("delete", "/api/v1/w/{slug}/scoring/draft", { onSuccess: onDiscarded });
  const publish = api.useMutation("post", "/api/v1/w/{slug}/scoring/publish", {
    meta: { quiet: true },
    onSuccess: ({ id }) => onStarted(id),
  });
  const body = { config: writeConfig(config), note };
  const running = job?.status === "queued" || job?.status === "running";
  const publishNow = () =>
    save.mutate({ params: { path }, body }, { onSuccess: () => publish.mutate({ params: { path } }) });
  const throwAway = () => (hasDraft ? discard.mutate({ params: { path } }) : onDiscarded());
  return (
    <>
      <Button disabled={!changed && !hasDraft} loading={discard.isPending} onClick={throwAway}>
        {t("scoring:publish.discard")}
      </Button>
      <Button
        disabled={!changed}
        loading={save.isPending && !asking}
        onClick={() =>
          save.mutate(
            { params: { path }, body },
            {
              onSuccess: () => {
                notifyDone(t("scoring:publish.saved"));
                onSaved();
              },
            },
          )
        }
      >
        {t("scoring:publish.save")}
      </Button>
      <Button type="primary" disabled={!changed} onClick={() => setAsking(true)}>
        {t("scoring:publish.button")}
      </Button>
      {!asking && <FormError error={save.error} />}
      <Modal
        open={asking}
        title={t("scoring:publish.title")}
        okText={t("scoring:publish.button")}
        okButtonProps={{ loading: save.isPending || publish.isPending || running }}
        onOk={publishNow}
        onCancel={() => setAsking(false)}
      >
        <div className="form">
          <p>{t("scoring:publish.text", { count: affected ?? 0 })}</p>
          <Field label={t("scoring:publish.note")} hint={t("scoring:publish.noteHint")}>
            {(control) => (
              <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
          <FormError error={save.error ?? publish.error ?? (job?.status === "failed" ? job.error : null)} />
          {job && running && <JobProgress job={job} />}
        </div>
      </Modal>
    </>
  );
}
