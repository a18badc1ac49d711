import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { type AuthAnswer, authApi, authFault } from "@/shared/api/auth";
import { Field } from "@/shared/ui/Field";
import { AuthLayout } from "./AuthLayout";
import { looksLikeEmail, passwordFault } from "./auth.logic";
import { PasswordPair } from "./PasswordPair";

type Outcome = "done" | { fault: string } | undefined;

/** The answer is the same whether the address is known or not, so that nobody can probe for accounts. */
async function outcomeOf(call: Promise<{ error?: AuthAnswer | undefined; response: Response }>): Promise<Outcome> {
  try {
    const { error, response } = await call;
    return error && response.status !== 401 ? { fault: authFault(error) } : "done";
  } catch {
    return { fault: "" };
  }
}

function Said({ outcome, done }: { outcome: Outcome; done: string }) {
  const { t } = useTranslation("common");
  if (!outcome) return null;
  if (outcome === "done") return <p className="form-note">{done}</p>;
  return (
    <p className="form-error" role="alert">
      {outcome.fault || t("error.unreachable")}
    </p>
  );
}

function RequestForm() {
  const { t } = useTranslation("auth");
  const [email, setEmail] = useState("");
  const [outcome, setOutcome] = useState<Outcome>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setOutcome(
      await outcomeOf(authApi.POST("/_allauth/browser/v1/auth/password/request", { body: { email: email.trim() } })),
    );
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
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Said outcome={outcome} done={t("reset.sent")} />
      <Button type="primary" size="large" htmlType="submit" disabled={!looksLikeEmail(email)}>
        {t("reset.request")}
      </Button>
    </form>
  );
}

function NewPasswordForm({ resetKey }: { resetKey: string }) {
  const { t } = useTranslation("auth");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [outcome, setOutcome] = useState<Outcome>();
  const fault = passwordFault(password, again);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setOutcome(
      await outcomeOf(authApi.POST("/_allauth/browser/v1/auth/password/reset", { body: { key: resetKey, password } })),
    );
  };
  return (
    <form className="form" onSubmit={submit}>
      <PasswordPair
        password={password}
        again={again}
        fault={fault}
        onChange={(first, second) => {
          setPassword(first);
          setAgain(second);
        }}
      />
      <Said outcome={outcome} done={t("reset.done")} />
      <Button type="primary" size="large" htmlType="submit" disabled={Boolean(fault)}>
        {t("reset.save")}
      </Button>
    </form>
  );
}

export function ResetPage() {
  const { t } = useTranslation("auth");
  const { key } = useParams();
  return (
    <AuthLayout title={t("reset.title")} lead={t(key ? "reset.leadNew" : "reset.lead")}>
      {key ? <NewPasswordForm resetKey={key} /> : <RequestForm />}
      <div className="auth-foot">
        <Link to="/login">{t("reset.back")}</Link>
      </div>
    </AuthLayout>
  );
}
