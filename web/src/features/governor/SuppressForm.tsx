import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";

const MEDIA = ["sms", "email", "wecom"] as const;

/** An address that asked to be left alone by telephone or letter. */
export function SuppressForm({ onAdded }: { onAdded: () => void }) {
  const { t } = useTranslation(["governor", "messages"]);
  const slug = useSlug();
  const [medium, setMedium] = useState<string>("sms");
  const [address, setAddress] = useState("");
  const adding = api.useMutation("post", "/api/v1/w/{slug}/suppressions", {
    onSuccess: () => {
      setAddress("");
      onAdded();
    },
  });
  return (
    <Panel title={t("governor:sup.add")}>
      <form
        className="row wrap"
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate({ params: { path: { slug } }, body: { medium, address: address.trim(), scope: "marketing" } });
        }}
      >
        <NativeSelect
          aria-label={t("governor:sup.medium")}
          value={medium}
          options={MEDIA.map((value) => ({ value, label: t(`messages:medium.${value}`) }))}
          onChange={setMedium}
        />
        <Input
          className="grow"
          aria-label={t("governor:sup.address")}
          placeholder={t("governor:sup.address")}
          value={address}
          maxLength={160}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Button htmlType="submit" loading={adding.isPending} disabled={!address.trim()}>
          {t("governor:sup.add")}
        </Button>
        <FormError error={adding.error} />
      </form>
    </Panel>
  );
}
