import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";

/** 导入调休: next year's days off and worked weekends, pasted or from a file. */
export function CalendarImportSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("scoring");
  const slug = useSlug();
  const [text, setText] = useState("");
  const run = api.useMutation("post", "/api/v1/w/{slug}/calendar/import", {
    meta: { quiet: true },
    onSuccess: ({ periods }) => {
      notifyDone(t("calendar.imported", { count: periods }));
      setText("");
      onClose();
    },
  });
  const read = async (file: File | undefined) => file && setText(await file.text());
  return (
    <Sheet
      open={open}
      title={t("calendar.import")}
      saveLabel={t("calendar.import")}
      onClose={onClose}
      onSave={() => run.mutate({ params: { path: { slug } }, body: { text } })}
      saving={run.isPending}
      disabled={!text.trim()}
    >
      <Field label={t("calendar.file")}>
        {({ id }) => (
          <input
            id={id}
            type="file"
            accept=".csv,.json,.txt"
            onChange={(event) => void read(event.target.files?.[0])}
          />
        )}
      </Field>
      <Field label={t("calendar.paste")} hint={t("calendar.pasteHint")}>
        {(control) => (
          <Input.TextArea {...control} rows={8} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <FormError error={run.error} />
    </Sheet>
  );
}
