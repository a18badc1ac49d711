import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useRefreshSession } from "@/shared/session/useRefreshSession";
import { FormError } from "@/shared/ui/FormError";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { AuthLayout } from "./AuthLayout";
import { passwordFault } from "./auth.logic";
import { PasswordPair } from "./PasswordPair";

function AcceptForm({ token }: { token: string }) {
  const { t } = useTranslation("auth");
  const navigate = useNavigate();
  const refresh = useRefreshSession();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const fault = passwordFault(password, again);
  const accept = api.useMutation("post", "/api/v1/invitations/{token}", {
    meta: { quiet: true },
    onSuccess: async () => {
      await refresh();
      void navigate("/", { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fault) accept.mutate({ params: { path: { token } }, body: { password } });
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
      <FormError error={accept.error} />
      <Button type="primary" size="large" htmlType="submit" loading={accept.isPending} disabled={Boolean(fault)}>
        {t("invitation.submit")}
      </Button>
    </form>
  );
}

/** A new colleague opens the link and sets a password. */
export function InvitationPage() {
  const { t } = useTranslation("auth");
  const { token = "" } = useParams();
  const invitation = api.useQuery("get", "/api/v1/invitations/{token}", { params: { path: { token } } });
  if (invitation.isError) {
    return (
      <AuthLayout title={t("invitation.title")}>
        <FormError error={invitation.error} />
        <p style={{ marginTop: 14 }}>
          {t("invitation.invalid")} <Link to="/login">{t("login.title")}</Link>
        </p>
      </AuthLayout>
    );
  }
  const { data } = invitation;
  return (
    <AuthLayout
      title={data ? t("invitation.welcome", { name: data.name }) : t("invitation.title")}
      lead={data && t("invitation.lead", { workspace: data.workspace, email: data.email })}
    >
      {data ? <AcceptForm token={token} /> : <SkeletonRows rows={3} />}
    </AuthLayout>
  );
}
