import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { passwordFault } from "@/features/auth/auth.logic";
import { PasswordPair } from "@/features/auth/PasswordPair";
import { api } from "@/shared/api/client";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";

export function PasswordPanel() {
  const { t } = useTranslation(["settings", "auth"]);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const fault = passwordFault(password, again);
  const set = (first: string, second: string) => {
    setPassword(first);
    setAgain(second);
  };
  const save = api.useMutation("patch", "/api/v1/me", {
    meta: { quiet: true },
    onSuccess: () => {
      setCurrent("");
      set("", "");
      notifyDone(t("settings:profile.passwordSaved"));
    },
  });
  return (
    <Panel title={t("settings:profile.password")}>
      <div className="form" style={{ maxWidth: 380 }}>
        <Field label={t("settings:profile.current")}>
          {(control) => (
            <Input.Password
              {...control}
              size="large"
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Field>
        <PasswordPair password={password} again={again} fault={fault} onChange={set} />
        <FormError error={save.error} />
        <div>
          <Button
            disabled={!current || Boolean(fault)}
            loading={save.isPending}
            onClick={() => save.mutate({ body: { current_password: current, new_password: password } })}
          >
            {t("settings:profile.passwordSave")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
