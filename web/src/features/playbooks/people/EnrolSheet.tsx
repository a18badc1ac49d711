import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { Sheet } from "@/shared/list/Sheet";
import { useViews } from "@/shared/list/useViews";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import type { Playbook } from "../types";
import { useRefreshPlaybooks } from "../useRefreshPlaybooks";

/** Puts one customer, or all of a saved filter, into the flow by hand. */
export function EnrolSheet({ playbook, open, onClose }: { playbook: Playbook; open: boolean; onClose: () => void }) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const refresh = useRefreshPlaybooks();
  const [customer, setCustomer] = useState<number>();
  const [filter, setFilter] = useState("");
  const { items: views } = useViews("customers");
  const enrol = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/enrolments", {
    meta: { quiet: true },
    onSuccess: ({ treated, holdout, refused }) => {
      const out = refused.reduce((sum, { count }) => sum + count, 0);
      notifyDone(t("people.added", { treated, holdout, refused: out }));
      refresh();
      onClose();
    },
  });
  return (
    <Sheet
      open={open}
      title={t("people.add")}
      saveLabel={t("people.add")}
      saving={enrol.isPending}
      disabled={customer === undefined && filter === ""}
      onClose={onClose}
      onSave={() =>
        enrol.mutate({
          params: { path: { slug, playbook_id: playbook.id } },
          body: { customer_ids: customer === undefined ? [] : [customer], filter },
        })
      }
    >
      <Field label={t("people.customer")}>
        {({ id }) => <CustomerSelect id={id} label={t("people.customer")} value={customer} onChange={setCustomer} />}
      </Field>
      {views.length > 0 && (
        <Field label={t("people.filter")} hint={t("people.filterHint")}>
          {({ status: _status, ...control }) => (
            <NativeSelect
              {...control}
              value={filter}
              options={[
                { value: "", label: t("build.nobody") },
                ...views.map(({ name, query }) => ({ value: query, label: name })),
              ]}
              onChange={setFilter}
            />
          )}
        </Field>
      )}
      <FormError error={enrol.error} />
    </Sheet>
  );
}
