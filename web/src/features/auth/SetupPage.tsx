import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { languageOf } from "@/shared/session/useFormat";
import { useRefreshSession } from "@/shared/session/useRefreshSession";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { AuthLayout } from "./AuthLayout";
import { looksLikeEmail, passwordFault } from "./auth.logic";
import { LanguageLink } from "./LanguageLink";
import { PasswordPair } from "./PasswordPair";
import { SetupSteps } from "./SetupSteps";

/** First run: the admin's account. The gate moves on to the workspace when the session has it. */
export function SetupPage() {
  const { t, i18n } = useTranslation("auth");
  const refresh = useRefreshSession();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const setup = api.useMutation("post", "/api/v1/setup", { meta: { quiet: true }, onSuccess: () => refresh() });
  const fault = passwordFault(password, again);
  const complete = name.trim() && looksLikeEmail(email) && !fault;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    setup.mutate({ body: { name: name.trim(), email: email.trim(), password, language: languageOf(i18n.language) } });
  };
  return (
    <AuthLayout title={t("setup.title")} lead={t("setup.lead")}>
      <SetupSteps current="account" />
      <form className="form" onSubmit={submit}>
        <Field label={t("field.name")}>
          {(control) => (
            <Input
              {...control}
              size="large"
              autoComplete="name"
              autoFocus
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("field.email")} hint={t("hint.email")}>
          {(control) => (
            <Input
              {...control}
              size="large"
              type="email"
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <PasswordPair
          password={password}
          again={again}
          fault={fault}
          onChange={(first, second) => {
            setPassword(first);
            setAgain(second);
          }}
        />
        <FormError error={setup.error} />
        <Button type="primary" size="large" htmlType="submit" loading={setup.isPending} disabled={!complete}>
          {t("setup.submit")}
        </Button>
        <div className="auth-foot">
          <span />
          <LanguageLink />
        </div>
      </form>
    </AuthLayout>
  );
}
