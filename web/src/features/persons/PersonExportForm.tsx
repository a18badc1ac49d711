import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { notifyError } from "@/shared/ui/notify";
import type { PersonSheetProps } from "./PersonMenu";
import { PersonProgress } from "./PersonProgress";
import { PersonSelect } from "./PersonSelect";
import { aboutOf, archiveOf } from "./persons.logic";
import { usePersonRequest } from "./usePersonRequest";

/** 导出个人数据: everything that is kept about the customer, or one contact, as one archive. */
export function PersonExportForm({ customer, open, onClose }: PersonSheetProps) {
  const { t } = useTranslation("persons");
  const slug = useSlug();
  const [contact, setContact] = useState(0);
  const [reason, setReason] = useState("");
  const [id, setId] = useState<number | null>(null);
  const request = usePersonRequest(id);
  const start = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/personal-export", {
    onSuccess: (made) => setId(made.id),
    onError: notifyError,
  });
  const ask = () =>
    start.mutate({
      params: { path: { slug, customer_id: customer.id } },
      body: { ...aboutOf(contact), reason: reason.trim() },
    });
  const fetchIt = () => window.location.assign(archiveOf(slug, id ?? 0));
  return (
    <Sheet
      open={open}
      title={t("export.title")}
      onClose={onClose}
      onSave={request?.file ? fetchIt : ask}
      saveLabel={request?.file ? t("export.fetch") : t("export.start")}
      saving={start.isPending}
      disabled={id !== null && !request?.file}
    >
      {request ? (
        <PersonProgress request={request} />
      ) : (
        <>
          <p className="muted">{t("export.about")}</p>
          <PersonSelect customer={customer} value={contact} onChange={setContact} />
          <Field label={t("reason")} hint={t("export.reasonHint")}>
            {(control) => (
              <Input {...control} value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </>
      )}
      {request?.file && <p className="small muted">{t("export.week")}</p>}
    </Sheet>
  );
}
