import { Input, Modal } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import type { Draft } from "../flow/draft";
import { writeSpec } from "../flow/spec";
import type { Playbook } from "../types";
import { TrialProgress } from "./TrialProgress";
import type { Saving } from "./useSavingDraft";
import { type Trial, useSimulation } from "./useSimulation";

export interface PublishDialogProps {
  playbook: Playbook | null;
  draft: Draft;
  saving: Saving;
  onClose: () => void;
  onDone: (playbook: Playbook) => void;
}

/** Says who would enter now and how many are held out, then saves, publishes and, if wished, switches on. */
export function PublishDialog({ playbook, draft, saving, onClose, onDone }: PublishDialogProps) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const [note, setNote] = useState("");
  const [start, setStart] = useState(true);
  const quiet = { meta: { quiet: true } };
  const trial = useSimulation();
  const publish = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/publish", quiet);
  const enable = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/enabled", quiet);
  const { start: count } = trial;
  useEffect(() => {
    count({ spec: writeSpec(draft.spec), playbook_id: playbook?.id ?? null, days: 1, limit: 1, response: 0 });
  }, [draft.spec, count, playbook?.id]);
  const go = async () => {
    const saved = await saving.save();
    if (!saved) return;
    const params = { path: { slug, playbook_id: saved.id } };
    const done = await publish.mutateAsync({ params, body: { note } }).catch(() => undefined);
    if (!done) return;
    const on =
      start && !done.enabled
        ? await enable.mutateAsync({ params, body: { enabled: true } }).catch(() => undefined)
        : done;
    notifyDone(t("publish.done", { number: done.live?.number ?? 1 }));
    onDone(on ?? done);
  };
  return (
    <Modal
      open
      title={t("publish.title")}
      okText={t("publish.button")}
      okButtonProps={{ loading: saving.busy || publish.isPending || enable.isPending }}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <div className="form stack">
        <Counting trial={trial} />
        {playbook?.live && <p className="muted">{t("publish.replaces", { number: playbook.live.number })}</p>}
        {!playbook?.enabled && (
          <label className="filter-option">
            <input type="checkbox" checked={start} onChange={(event) => setStart(event.target.checked)} />
            <span>{t("publish.start")}</span>
          </label>
        )}
        <Field label={t("publish.note")}>
          {(control) => (
            <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        <FormError error={saving.error ?? publish.error ?? enable.error} />
      </div>
    </Modal>
  );
}

/** How many would enter, counted in the background: it may be stopped, and publishing need not wait for it. */
function Counting({ trial }: { trial: Trial }) {
  const { t } = useTranslation("playbooks");
  const { customers } = useFormat();
  const found = trial.run?.result;
  const stopped = trial.run?.status === "cancelled" || trial.error !== undefined;
  return (
    <div aria-live="polite">
      {found && <p>{t("publish.who", { entered: customers(found.entered), holdout: customers(found.holdout) })}</p>}
      {!found && <p>{t(stopped ? "publish.unknown" : "publish.counting")}</p>}
      <TrialProgress trial={trial} />
    </div>
  );
}
