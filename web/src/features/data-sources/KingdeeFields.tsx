import { Checkbox, Input, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { type KingdeeForm, STREAMS, type Stream } from "./kingdee.logic";

export interface KingdeeFieldsProps {
  form: KingdeeForm;
  secret: string;
  isNew: boolean;
  set: (change: Partial<KingdeeForm>) => void;
  setSecret: (secret: string) => void;
}

type TextName =
  | "baseUrl"
  | "account"
  | "user"
  | "appId"
  | "organisation"
  | "organisations"
  | "since"
  | "currency"
  | "proxy";

function Text({ name, form, set, type }: Pick<KingdeeFieldsProps, "form" | "set"> & { name: TextName; type?: string }) {
  const { t } = useTranslation("dataSources");
  return (
    <Field label={t(`kingdee.${name}`)} hint={t(`kingdee.${name}Hint`)}>
      {(control) => (
        <Input
          {...control}
          type={type}
          autoComplete="off"
          value={form[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

function Credentials({ form, set, secret, setSecret, isNew }: KingdeeFieldsProps) {
  const { t } = useTranslation("dataSources");
  const isSigned = form.auth === "signed";
  return (
    <>
      <Text name="baseUrl" form={form} set={set} />
      <Text name="account" form={form} set={set} />
      <Segmented
        aria-label={t("kingdee.auth")}
        value={form.auth}
        onChange={(auth) => set({ auth })}
        options={(["signed", "password"] as const).map((value) => ({ value, label: t(`kingdee.by.${value}`) }))}
      />
      <p className="muted small">{t(isSigned ? "kingdee.signedHint" : "kingdee.passwordHint")}</p>
      <Text name="user" form={form} set={set} />
      {isSigned && <Text name="appId" form={form} set={set} />}
      <Field
        label={t(isSigned ? "kingdee.appSecret" : "kingdee.password")}
        hint={t(isNew ? "kingdee.secretHint" : "kingdee.secretKept")}
      >
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="new-password"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}

/** Where the site is, who reads, and which documents. */
export function KingdeeFields(props: KingdeeFieldsProps) {
  const { form, set } = props;
  const { t } = useTranslation("dataSources");
  return (
    <>
      <Credentials {...props} />
      <Field label={t("kingdee.streams")} hint={t("kingdee.streamsHint")}>
        {(control) => (
          <Checkbox.Group<Stream>
            {...control}
            value={[...form.streams]}
            options={STREAMS.map((value) => ({ value, label: t(`kingdee.stream.${value}`) }))}
            onChange={(chosen) => set({ streams: STREAMS.filter((stream) => chosen.includes(stream)) })}
          />
        )}
      </Field>
      <Text name="since" form={form} set={set} type="date" />
      <Segmented
        aria-label={t("kingdee.amounts")}
        value={form.amounts}
        onChange={(amounts) => set({ amounts })}
        options={(["local", "document"] as const).map((value) => ({ value, label: t(`kingdee.amount.${value}`) }))}
      />
      <Text name="currency" form={form} set={set} />
      <Text name="organisations" form={form} set={set} />
      <details>
        <summary>{t("kingdee.more")}</summary>
        <Text name="organisation" form={form} set={set} />
        <Text name="proxy" form={form} set={set} />
      </details>
    </>
  );
}
