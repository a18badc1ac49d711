import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { dateAfter, morningOf } from "@/shared/list/moments";
import { OwnerSelect } from "@/shared/list/OwnerSelect";
import { Sheet } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { notifyDone } from "@/shared/ui/notify";
import type { NewTaskSheetProps } from "./NewTaskSheet";

/** A task by hand; for the customer of the page, or for one that is chosen. */
export function NewTaskForm({ open, onClose, customerId }: NewTaskSheetProps) {
  const { t } = useTranslation(["tasks", "common"]);
  const { slug, now, time_zone: zone } = useWorkspace();
  const can = useCan();
  const refresh = useRefreshWork();
  const [chosen, setChosen] = useState<number>();
  const [title, setTitle] = useState("");
  const [due, setDue] = useState(() => dateAfter(now, zone, 1));
  const [owner, setOwner] = useState<number>();
  const create = api.useMutation("post", "/api/v1/w/{slug}/work-items", {
    onSuccess: () => {
      setTitle("");
      notifyDone(t("new.saved"));
      onClose();
      return refresh();
    },
  });
  const customer = customerId ?? chosen;
  const save = () =>
    customer !== undefined &&
    create.mutate({
      params: { path: { slug } },
      body: {
        customer_id: customer,
        title: title.trim(),
        due_at: due ? morningOf(due, now, zone) : null,
        owner_id: owner ?? null,
        note: "",
      },
    });
  return (
    <Sheet
      open={open}
      title={t("new.title")}
      onClose={onClose}
      onSave={save}
      saving={create.isPending}
      disabled={!title.trim() || customer === undefined}
    >
      {customerId === undefined && (
        <Field label={t("new.customer")}>
          {(control) => (
            <CustomerSelect id={control.id} label={t("new.customer")} value={chosen} onChange={setChosen} />
          )}
        </Field>
      )}
      <Field label={t("new.what")}>
        {(control) => (
          <Input
            {...control}
            value={title}
            maxLength={200}
            onChange={(event) => setTitle(event.target.value)}
            placeholder={t("new.whatHint")}
          />
        )}
      </Field>
      <Field label={t("new.due")}>
        {(control) => <Input {...control} type="date" value={due} onChange={(event) => setDue(event.target.value)} />}
      </Field>
      {can("assign") && (
        <Field label={t("new.owner")} hint={t("new.ownerHint")}>
          {(control) => <OwnerSelect id={control.id} value={owner} onChange={setOwner} />}
        </Field>
      )}
    </Sheet>
  );
}
