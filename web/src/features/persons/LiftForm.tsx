import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { notifyDone, notifyError } from "@/shared/ui/notify";

/** 解除: an erased person may be imported again, with a reason. */
export function LiftForm({ id, onClose }: { id: number; onClose: (done: boolean) => void }) {
  const { t } = useTranslation("persons");
  const slug = useSlug();
  const [reason, setReason] = useState("");
  const lift = api.useMutation("post", "/api/v1/w/{slug}/person-requests/{request_id}/lift", {
    onSuccess: () => {
      notifyDone(t("lift.done"));
      onClose(true);
    },
    onError: notifyError,
  });
  return (
    <Sheet
      open
      title={t("lift.title")}
      onClose={() => onClose(false)}
      onSave={() => lift.mutate({ params: { path: { slug, request_id: id } }, body: { reason: reason.trim() } })}
      saveLabel={t("lift.do")}
      saving={lift.isPending}
      disabled={!reason.trim()}
    >
      <p className="muted">{t("lift.about")}</p>
      <Field label={t("reason")}>
        {(control) => (
          <Input {...control} value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </Sheet>
  );
}
