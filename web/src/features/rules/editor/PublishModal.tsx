import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Field } from "@/shared/ui/Field";
import { notifyDone } from "@/shared/ui/notify";
import type { RuleDraft, RuleOut } from "../types";
import { RuleError } from "./RuleError";
import { useEffectWords } from "./useEffectWords";
import type { Saving } from "./useSaving";

export type Asking = "trial" | "publish";

export interface PublishModalProps {
  asking: Asking;
  rule: RuleOut | null;
  draft: RuleDraft;
  saving: Saving;
  matched: number | undefined;
  onClose: () => void;
  onDone: (rule: RuleOut) => void;
}

/** Says whom it concerns and what it will do, then saves and publishes (or tries). */
export function PublishModal({ asking, rule, draft, saving, matched, onClose, onDone }: PublishModalProps) {
  const { t } = useTranslation("rules");
  const slug = useSlug();
  const { customers } = useFormat();
  const words = useEffectWords();
  const [note, setNote] = useState("");
  const quiet = { meta: { quiet: true } };
  const tryOut = api.useMutation("post", "/api/v1/w/{slug}/rules/{rule_id}/trial", quiet);
  const publish = api.useMutation("post", "/api/v1/w/{slug}/rules/{rule_id}/publish", quiet);
  const step = asking === "trial" ? tryOut : publish;
  const whom = matched === undefined ? t("publish.unknown") : customers(matched);
  const go = async () => {
    const saved = await saving.save(note);
    if (!saved) return;
    const done = await step.mutateAsync({ params: { path: { slug, rule_id: saved.id } } }).catch(() => undefined);
    if (!done) return;
    notifyDone(asking === "trial" ? t("publish.trialDone") : t("publish.done", { version: done.live?.version ?? 1 }));
    onDone(done);
  };
  return (
    <Modal
      open
      title={t(asking === "trial" ? "publish.trialTitle" : "publish.title")}
      okText={t(asking === "trial" ? "publish.trial" : "publish.button")}
      okButtonProps={{ loading: saving.busy || step.isPending }}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <div className="form">
        <p>{t(asking === "trial" ? "publish.trialText" : "publish.text", { customers: whom })}</p>
        {asking === "publish" && <p>{t("publish.does", { what: words(draft.effects) })}</p>}
        {asking === "publish" && rule?.live && (
          <p className="muted">
            {t("publish.replaces", { version: rule.live.version, customers: customers(rule.matched_now) })}
          </p>
        )}
        {asking === "publish" && rule && !rule.enabled && <p className="form-note">{t("publish.off")}</p>}
        <Field label={t("publish.note")} hint={t("publish.noteHint")}>
          {(control) => (
            <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        <RuleError error={saving.error ?? step.error} />
      </div>
    </Modal>
  );
}
