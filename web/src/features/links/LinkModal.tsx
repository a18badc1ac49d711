import { Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { ACCEPTED, DAYS, EMPTY, formDataOf, INFOS, isLinkComplete, type LinkForm } from "./link.logic";

export interface LinkModalProps {
  customer: Pick<Schemas["CustomerOut"], "id" | "contacts">;
  onDone: () => void;
  onClose: () => void;
}

function What({ form, set }: { form: LinkForm; set: (change: Partial<LinkForm>) => void }) {
  const { t } = useTranslation("links");
  return (
    <>
      <Segmented
        aria-label={t("by")}
        value={form.by}
        onChange={(by) => set({ by })}
        options={(["url", "file"] as const).map((value) => ({ value, label: t(`by_${value}`) }))}
      />
      {form.by === "url" ? (
        <Field label={t("url")} hint={t("urlHint")}>
          {(control) => (
            <Input
              {...control}
              inputMode="url"
              value={form.url}
              onChange={(event) => set({ url: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <Field label={t("file")} hint={t("fileHint")}>
          {({ id, ...control }) => (
            <input
              id={id}
              aria-describedby={control["aria-describedby"]}
              type="file"
              accept={ACCEPTED}
              onChange={(event) => {
                const file = event.target.files?.[0] ?? null;
                set({ file, title: form.title || (file?.name.replace(/\.\w+$/, "") ?? "") });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** A new link: what it is, for whom, how long. */
export function LinkModal({ customer, onDone, onClose }: LinkModalProps) {
  const { t } = useTranslation("links");
  const slug = useSlug();
  const [form, setForm] = useState(EMPTY);
  const set = (change: Partial<LinkForm>) => setForm((current) => ({ ...current, ...change }));
  const meta = { quiet: true };
  const byUrl = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/links", { meta, onSuccess: onDone });
  const byFile = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/links/file", {
    meta,
    onSuccess: onDone,
  });
  const params = { path: { slug, customer_id: customer.id } };
  const make = () => {
    const { info, title, url, file } = form;
    const contact_id = form.contactId || null;
    if (form.by === "url")
      byUrl.mutate({
        params,
        body: { info, title: title.trim(), url: url.trim(), contact_id, days: form.days || null },
      });
    else if (file)
      byFile.mutate({
        params,
        body: { file: "", info, title, contact_id: form.contactId, days: form.days },
        bodySerializer: () => formDataOf(form, file),
      });
  };
  return (
    <Modal
      open
      title={t("new")}
      okText={t("make")}
      okButtonProps={{ disabled: !isLinkComplete(form), loading: byUrl.isPending || byFile.isPending }}
      onOk={make}
      onCancel={onClose}
    >
      <div className="form">
        <Segmented
          aria-label={t("info")}
          value={form.info}
          onChange={(info) => set({ info })}
          options={INFOS.map((value) => ({ value, label: t(`info_${value}`) }))}
        />
        <What form={form} set={set} />
        <Field label={t("title")} hint={t("titleHint")}>
          {(control) => (
            <Input
              {...control}
              maxLength={120}
              value={form.title}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("contact")}>
          {(control) => (
            <Select
              {...control}
              style={{ width: "100%" }}
              value={form.contactId}
              onChange={(contactId) => set({ contactId })}
              options={[
                { value: 0, label: t("everybody") },
                ...customer.contacts.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
        <Field label={t("days")}>
          {(control) => (
            <Select
              {...control}
              style={{ width: "100%" }}
              value={form.days}
              onChange={(days) => set({ days })}
              options={DAYS.map((value) => ({ value, label: value ? t("forDays", { count: value }) : t("forEver") }))}
            />
          )}
        </Field>
        <FormError error={byUrl.error ?? byFile.error} />
      </div>
    </Modal>
  );
}
