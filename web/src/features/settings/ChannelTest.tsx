import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { Channel, Kind } from "./channel.logic";

export interface ChannelTestProps {
  channel: Channel;
  kind: Kind | undefined;
  onClose: () => void;
}

/** A test message to a person or an address of one's choice, and what the other side answered, explained. */
export function ChannelTest({ channel, kind, onClose }: ChannelTestProps) {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const [person, setPerson] = useState("");
  const [address, setAddress] = useState("");
  const owners = api.useQuery("get", "/api/v1/w/{slug}/owners", { params: { path: { slug } } });
  const test = api.useMutation("post", "/api/v1/w/{slug}/channels/{channel_id}/test", { meta: { quiet: true } });
  const send = () =>
    test.mutate({
      params: { path: { slug, channel_id: channel.id } },
      body: { membership_id: person ? Number(person) : null, address: address.trim() },
    });
  const people = (owners.data ?? []).map((each) => ({ value: String(each.id), label: each.name }));
  return (
    <Modal open title={`${t("channel.test")} · ${channel.name}`} footer={null} onCancel={onClose}>
      <div className="form">
        {kind?.address && (
          <>
            <Field label={t("channel.testTo")}>
              {({ id }) => (
                <NativeSelect
                  id={id}
                  value={person}
                  options={[{ value: "", label: "—" }, ...people]}
                  onChange={setPerson}
                />
              )}
            </Field>
            <Field label={t("channel.testAddress")} hint={t("channel.testAddressHint", { kind: kind.label })}>
              {(control) => <Input {...control} value={address} onChange={(event) => setAddress(event.target.value)} />}
            </Field>
          </>
        )}
        {test.data && (
          <div className={test.data.ok ? "form-note" : "form-error"} role="status">
            {test.data.message}
            {test.data.code && <span className="small"> {t("channel.vendorCode", { code: test.data.code })}</span>}
          </div>
        )}
        <FormError error={test.error} />
        <Button type="primary" loading={test.isPending} onClick={send}>
          {t("channel.testSend")}
        </Button>
      </div>
    </Modal>
  );
}
