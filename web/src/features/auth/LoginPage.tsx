import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useSearchParams } from "react-router";
import { useSession } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { AuthLayout } from "./AuthLayout";
import { safeNext } from "./auth.logic";
import { LanguageLink } from "./LanguageLink";
import { MessengerLogin } from "./MessengerLogin";
import { type Login, useLogin } from "./useLogin";

function Fault({ fault }: { fault: string | undefined }) {
  const { t } = useTranslation(["auth", "common"]);
  if (fault === undefined) return null;
  return (
    <p className="form-error" role="alert">
      {fault || t("common:error.unreachable")}
    </p>
  );
}

function PasswordForm({ login }: { login: Login }) {
  const { t } = useTranslation("auth");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void login.withPassword(email, password);
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label={t("field.email")}>
        {(control) => (
          <Input
            {...control}
            size="large"
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("field.password")}>
        {(control) => (
          <Input.Password
            {...control}
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Fault fault={login.fault} />
      <Button type="primary" size="large" htmlType="submit" loading={login.busy} disabled={!email || !password}>
        {t("login.submit")}
      </Button>
      <div className="auth-foot">
        <Link to="/reset">{t("login.forgot")}</Link>
        <LanguageLink />
      </div>
    </form>
  );
}

function CodeForm({ login }: { login: Login }) {
  const { t } = useTranslation("auth");
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void login.withCode(code);
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label={t("field.code")} hint={t("hint.code")}>
        {(control) => (
          <Input
            {...control}
            size="large"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <Fault fault={login.fault} />
      <Button type="primary" size="large" htmlType="submit" loading={login.busy} disabled={code.trim().length < 6}>
        {t("login.verify")}
      </Button>
      <button type="button" className="link-button" onClick={login.startAgain}>
        {t("login.startAgain")}
      </button>
    </form>
  );
}

export function LoginPage() {
  const { t } = useTranslation("auth");
  const { me } = useSession();
  const [search] = useSearchParams();
  const login = useLogin(search.get("step") === "code" ? "code" : "password");
  if (me) return <Navigate to={safeNext(search.get("next"))} replace />;
  const isCode = login.step === "code";
  return (
    <AuthLayout
      title={t(isCode ? "login.codeTitle" : "login.title")}
      lead={t(isCode ? "login.codeLead" : "login.lead")}
    >
      {isCode ? <CodeForm login={login} /> : <PasswordForm login={login} />}
      {!isCode && <MessengerLogin next={safeNext(search.get("next"))} refused={search.get("im")} />}
    </AuthLayout>
  );
}
