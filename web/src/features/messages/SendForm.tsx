import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { requestKey } from "@/shared/list/requestKey";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import type { Message } from "./messages.logic";
import { SendPreview } from "./SendPreview";
import type { SendSheetProps } from "./SendSheet";
import "./messages.css";

/** Template and channel, how it reads, what the governor says; then it is sent. */
export function SendForm({ open, onClose, customerId, customerName }: SendSheetProps) {
  const { t } = useTranslation("messages");
  const format = useFormat();
  const client = useQueryClient();
  const slug = useSlug();
  const path = { slug, customer_id: customerId };
  const [code, setCode] = useState("");
  const [chosen, setChosen] = useState("");
  const [given, setGiven] = useState<Record<string, string>>({});
  const [key] = useState(requestKey);
  const templates = api.useQuery("get", "/api/v1/w/{slug}/message-templates", { params: { path: { slug } } });
  const template = templates.data?.find((each) => each.code === code);
  const channel = template?.media.find((medium) => medium === chosen) ?? template?.media[0] ?? "";
  const variables = useDeferredValue(given);
  const wanted = { channel, template: code, variables };
  const preview = api.useQuery(
    "post",
    "/api/v1/w/{slug}/customers/{customer_id}/messages/preview",
    { params: { path }, body: wanted },
    { enabled: code !== "", placeholderData: keepPreviousData },
  );
  const told = (message: Message) => {
    if (message.status === "deferred") return t("send.deferred", { when: format.dayTime(message.planned_at) });
    if (message.status === "refused") return t("send.refused", { why: message.reason });
    return message.status === "suppressed" ? t("send.held", { why: message.reason }) : t("send.sent");
  };
  const sending = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/messages", {
    onSuccess: (message) => {
      notifyDone(told(message));
      onClose();
      return client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).includes("{customer_id}") });
    },
  });
  const asked = [...new Set([...Object.keys(given), ...(preview.data?.missing ?? [])])];
  return (
    <Sheet
      open={open}
      title={t("send.title", { name: customerName })}
      onClose={onClose}
      saveLabel={t("send.submit")}
      saving={sending.isPending}
      disabled={!preview.data || preview.data.verdict.verdict === "refused"}
      onSave={() => sending.mutate({ params: { path }, body: { ...wanted, variables: given, request_key: key } })}
    >
      <Field label={t("send.template")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={code}
            options={[
              { value: "", label: t("send.choose") },
              ...(templates.data ?? []).map((each) => ({ value: each.code, label: each.name })),
            ]}
            onChange={(value) => {
              setCode(value);
              setGiven({});
            }}
          />
        )}
      </Field>
      {template && template.media.length > 1 && (
        <Field label={t("send.channel")}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={channel}
              options={template.media.map((value) => ({ value, label: t(`medium.${value}`) }))}
              onChange={setChosen}
            />
          )}
        </Field>
      )}
      {template &&
        asked.map((name) => (
          <Field key={name} label={name}>
            {(control) => (
              <Input
                {...control}
                value={given[name] ?? ""}
                maxLength={200}
                onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      {code && preview.data && <SendPreview preview={preview.data} />}
      <FormError error={sending.error ?? preview.error} />
    </Sheet>
  );
}
