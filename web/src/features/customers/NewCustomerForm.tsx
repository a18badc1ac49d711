import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { faultsByPlace } from "@/shared/api/errors";
import { OwnerSelect } from "@/shared/list/OwnerSelect";
import { Sheet } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { errorText } from "@/shared/ui/notify";
import type { NewCustomerSheetProps } from "./NewCustomerSheet";

/** A customer by hand; everything else comes with its data. */
export function NewCustomerForm({ open, onClose }: NewCustomerSheetProps) {
  const { t } = useTranslation("customers");
  const slug = useSlug();
  const to = useTo();
  const can = useCan();
  const navigate = useNavigate();
  const refresh = useRefreshWork();
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const [owner, setOwner] = useState<number>();
  const create = api.useMutation("post", "/api/v1/w/{slug}/customers", {
    meta: { quiet: true },
    onSuccess: (customer) => {
      void refresh();
      navigate(to(`/customers/${customer.id}`));
    },
  });
  const faults = faultsByPlace(create.error);
  const save = () =>
    create.mutate({
      params: { path: { slug } },
      body: { key: key.trim(), name: name.trim(), owner_id: owner ?? null, attributes: {} },
    });
  return (
    <Sheet
      open={open}
      title={t("new.title")}
      onClose={onClose}
      onSave={save}
      saving={create.isPending}
      disabled={!name.trim() || !key.trim()}
    >
      <Field label={t("new.name")} error={faults.name}>
        {(control) => (
          <Input {...control} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t("new.key")} hint={t("new.keyHint")} error={faults.key}>
        {(control) => (
          <Input {...control} value={key} maxLength={100} onChange={(event) => setKey(event.target.value)} />
        )}
      </Field>
      {can("assign") && (
        <Field label={t("new.owner")}>
          {(control) => <OwnerSelect id={control.id} value={owner} onChange={setOwner} />}
        </Field>
      )}
      {create.isError && Object.keys(faults).length === 0 && (
        <p role="alert" className="field-error">
          {errorText(create.error)}
        </p>
      )}
    </Sheet>
  );
}
