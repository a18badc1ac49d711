import { useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { notifyError } from "@/shared/ui/notify";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ErasePreview } from "./ErasePreview";
import type { PersonSheetProps } from "./PersonMenu";
import { PersonProgress } from "./PersonProgress";
import { PersonSelect } from "./PersonSelect";
import { aboutOf, type EraseDraft, isOver, mayErase } from "./persons.logic";
import { usePersonRequest } from "./usePersonRequest";

const EMPTY: EraseDraft = { confirm: "", reason: "" };

/** 删除个人数据 in two steps: what goes and what stays; then the typed name, the reason, and the progress. */
export function PersonEraseForm({ customer, open, onClose }: PersonSheetProps) {
  const { t } = useTranslation("persons");
  const slug = useSlug();
  const leave = useLeave(onClose);
  const [contact, setContact] = useState(0);
  const [draft, setDraft] = useState(EMPTY);
  const [id, setId] = useState<number | null>(null);
  const request = usePersonRequest(id);
  const path = { slug, customer_id: customer.id };
  const preview = api.useQuery(
    "get",
    "/api/v1/w/{slug}/customers/{customer_id}/erasure",
    { params: { path, query: aboutOf(contact) } },
    { enabled: id === null, staleTime: 0 },
  );
  const erase = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/erasure", {
    onSuccess: (made) => setId(made.id),
    onError: notifyError,
  });
  const over = request !== undefined && isOver(request);
  const close = over ? () => leave(contact === 0) : onClose;
  const start = () => erase.mutate({ params: { path }, body: { ...aboutOf(contact), ...draft } });
  return (
    <Sheet
      open={open}
      title={t("erase.title")}
      onClose={close}
      onSave={over ? close : start}
      saveLabel={over ? t("erase.close") : t("erase.do")}
      saving={erase.isPending}
      disabled={id === null ? !mayErase(draft, preview.data?.confirm ?? "") : !over}
    >
      {request && <PersonProgress request={request} />}
      {id === null && (
        <>
          <PersonSelect customer={customer} value={contact} onChange={setContact} />
          {preview.isPending && <SkeletonRows rows={4} />}
          {preview.isError && <ErrorState error={preview.error} retry={() => void preview.refetch()} />}
          {preview.data && (
            <>
              <ErasePreview preview={preview.data} />
              <Typed name={preview.data.confirm} draft={draft} onChange={setDraft} />
            </>
          )}
        </>
      )}
    </Sheet>
  );
}

function Typed({ name, draft, onChange }: { name: string; draft: EraseDraft; onChange: (draft: EraseDraft) => void }) {
  const { t } = useTranslation("persons");
  return (
    <>
      <p className="person-warning" role="note">
        {t("erase.warning")}
      </p>
      <Field label={t("reason")} hint={t("erase.reasonHint")}>
        {(control) => (
          <Input
            {...control}
            value={draft.reason}
            maxLength={400}
            onChange={(event) => onChange({ ...draft, reason: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("erase.confirm", { name })}>
        {(control) => (
          <Input
            {...control}
            value={draft.confirm}
            autoComplete="off"
            placeholder={name}
            onChange={(event) => onChange({ ...draft, confirm: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** Away from a page whose customer is gone; back on it where only a contact went. */
function useLeave(onClose: () => void) {
  const navigate = useNavigate();
  const to = useTo();
  const queries = useQueryClient();
  return (gone: boolean) => {
    onClose();
    if (gone) navigate(to("/customers"));
    void queries.invalidateQueries();
  };
}
