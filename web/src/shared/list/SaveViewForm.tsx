import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Field } from "../ui/Field";
import { notifyDone } from "../ui/notify";
import type { SaveViewProps } from "./SavedViews";
import { Sheet } from "./Sheet";
import { PLACES, useViews } from "./useViews";
import { viewQuery } from "./values";

export function SaveViewForm({ page, open, onClose }: SaveViewProps) {
  const { t } = useTranslation(["list", "common"]);
  const [search] = useSearchParams();
  const { create, slug } = useViews(page);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const body = { page, name: name.trim(), query: viewQuery(search, PLACES), shared };
  const save = () =>
    create.mutate(
      { params: { path: { slug } }, body },
      {
        onSuccess: () => {
          onClose();
          notifyDone(t("common:action.saved"));
        },
      },
    );
  return (
    <Sheet
      open={open}
      title={t("views.save")}
      onClose={onClose}
      onSave={save}
      saving={create.isPending}
      disabled={!body.name}
    >
      <Field label={t("views.name")}>
        {(control) => (
          <Input {...control} value={name} maxLength={40} autoFocus onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        {t("views.share")}
      </Checkbox>
    </Sheet>
  );
}
