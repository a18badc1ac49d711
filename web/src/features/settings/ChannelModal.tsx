import { Input, Modal, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { ChannelFields } from "./ChannelFields";
import { bodyOf, type Channel, formOf, type Kind, missing } from "./channel.logic";

export interface ChannelModalProps {
  kinds: readonly Kind[];
  /** The channel to change; none = a new one. */
  channel: Channel | undefined;
  onClose: () => void;
}

export function ChannelModal({ kinds, channel, onClose }: ChannelModalProps) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const [first] = kinds;
  const [kind, setKind] = useState(() => kinds.find((each) => each.name === channel?.kind) ?? first);
  const [form, setForm] = useState(() => kind && formOf(kind, channel));
  const quiet = { meta: { quiet: true }, onSuccess: onClose };
  const create = api.useMutation("post", "/api/v1/w/{slug}/channels", quiet);
  const update = api.useMutation("patch", "/api/v1/w/{slug}/channels/{channel_id}", quiet);
  if (!kind || !form) return null;
  const choose = (name: string) => {
    const next = kinds.find((each) => each.name === name);
    setKind(next);
    setForm(next && formOf(next));
  };
  const save = () => {
    const body = bodyOf(kind, form);
    if (channel) update.mutate({ params: { path: { slug, channel_id: channel.id } }, body });
    else create.mutate({ params: { path: { slug } }, body });
  };
  return (
    <Modal
      open
      title={t(channel ? "settings:channel.edit" : "settings:channel.add")}
      okText={t("common:action.save")}
      okButtonProps={{
        disabled: missing(kind, form, channel).length > 0,
        loading: create.isPending || update.isPending,
      }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="form">
        {!channel && (
          <Field label={t("settings:channel.kind")} hint={kind.about}>
            {({ id, "aria-describedby": described }) => (
              <NativeSelect
                id={id}
                aria-describedby={described}
                value={kind.name}
                options={kinds.map((each) => ({ value: each.name, label: each.label }))}
                onChange={choose}
              />
            )}
          </Field>
        )}
        <Field label={t("settings:channel.name")}>
          {(control) => (
            <Input
              {...control}
              value={form.name}
              maxLength={80}
              onChange={(event) => setForm({ ...form, name: event.target.value })}
            />
          )}
        </Field>
        <ChannelFields
          fields={kind.fields}
          values={form.values}
          stored={channel?.secrets_set ?? []}
          set={(name, value) => setForm({ ...form, values: { ...form.values, [name]: value } })}
        />
        <Field label={t("settings:channel.enabled")}>
          {({ id }) => (
            <Switch
              id={id}
              checked={form.enabled}
              onChange={(enabled) => setForm({ ...form, enabled })}
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
