import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { faultsByPlace } from "@/shared/api/errors";
import { OwnerSelect } from "@/shared/list/OwnerSelect";
import { Field, Sheet } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { errorText } from "@/shared/ui/notify";

/** A customer by hand; everything else comes with its data. */
export function NewCustomerSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
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
        {(id) => <Input id={id} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t("new.key")} hint={t("new.keyHint")} error={faults.key}>
        {(id) => <Input id={id} value={key} maxLength={100} onChange={(event) => setKey(event.target.value)} />}
      </Field>
      {can("assign") && (
        <Field label={t("new.owner")}>
          {(id) => <OwnerSelect id={id} label={t("new.owner")} value={owner} onChange={setOwner} />}
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
