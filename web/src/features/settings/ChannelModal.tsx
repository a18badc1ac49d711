import { Input, Modal, Segmented, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import type { Channel } from "./ChannelsPage";
import { bodyOf, type ChannelForm, formOf, isComplete } from "./channel.logic";

interface PartProps {
  form: ChannelForm;
  set: (change: Partial<ChannelForm>) => void;
}

function EmailFields({ form, set }: PartProps) {
  const { t } = useTranslation("settings");
  return (
    <>
      <Segmented
        aria-label={t("channel.to")}
        value={form.toOwner ? "owner" : "address"}
        onChange={(value) => set({ toOwner: value === "owner" })}
        options={[
          { value: "owner", label: t("channel.toOwner") },
          { value: "address", label: t("channel.toAddress") },
        ]}
      />
      {!form.toOwner && (
        <Field label={t("channel.address")}>
          {(control) => (
            <Input
              {...control}
              type="email"
              value={form.address}
              onChange={(event) => set({ address: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function WebhookFields({ form, set, kept }: PartProps & { kept: boolean }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <Field label={t("channel.url")}>
        {(control) => (
          <Input
            {...control}
            type="url"
            placeholder="https://"
            value={form.url}
            onChange={(event) => set({ url: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("channel.secret")} hint={t(kept ? "channel.secretKept" : "channel.secretHint")}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="off"
            value={form.secret}
            onChange={(event) => set({ secret: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

export function ChannelModal({ channel, onClose }: { channel: Channel | undefined; onClose: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const [form, setForm] = useState(() => formOf(channel));
  const set = (change: Partial<ChannelForm>) => setForm((current) => ({ ...current, ...change }));
  const create = api.useMutation("post", "/api/v1/w/{slug}/channels", { meta: { quiet: true }, onSuccess: onClose });
  const update = api.useMutation("patch", "/api/v1/w/{slug}/channels/{channel_id}", {
    meta: { quiet: true },
    onSuccess: onClose,
  });
  const save = () => {
    if (channel) update.mutate({ params: { path: { slug, channel_id: channel.id } }, body: bodyOf(form) });
    else create.mutate({ params: { path: { slug } }, body: bodyOf(form) });
  };
  return (
    <Modal
      open
      title={t(channel ? "settings:channel.edit" : "settings:channel.add")}
      okText={t("common:action.save")}
      okButtonProps={{ disabled: !isComplete(form), loading: create.isPending || update.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="form">
        {!channel && (
          <Segmented
            aria-label={t("settings:channel.kind")}
            value={form.kind}
            onChange={(kind) => set({ kind })}
            options={(["email", "webhook"] as const).map((value) => ({ value, label: t(`settings:channel.${value}`) }))}
          />
        )}
        <Field label={t("settings:channel.name")}>
          {(control) => (
            <Input
              {...control}
              value={form.name}
              maxLength={80}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        {form.kind === "email" ? (
          <EmailFields form={form} set={set} />
        ) : (
          <WebhookFields form={form} set={set} kept={channel?.secrets_set.includes("secret") ?? false} />
        )}
        <Field label={t("settings:channel.enabled")}>
          {({ id }) => (
            <Switch
              id={id}
              checked={form.enabled}
              onChange={(enabled) => set({ enabled })}
              checkedChildren={t("common:action.enable")}
              unCheckedChildren={t("common:action.disable")}
            />
          )}
        </Field>
        <FormError error={create.error ?? update.error} />
      </div>
    </Modal>
  );
}
