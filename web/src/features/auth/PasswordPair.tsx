import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { MIN_PASSWORD, type PasswordFault } from "./auth.logic";

export interface PasswordPairProps {
  password: string;
  again: string;
  fault: PasswordFault;
  onChange: (password: string, again: string) => void;
}

/** A new password, twice. Faults show once both are typed. */
export function PasswordPair({ password, again, fault, onChange }: PasswordPairProps) {
  const { t } = useTranslation("auth");
  const shown = again ? fault : undefined;
  return (
    <>
      <Field
        label={t("field.newPassword")}
        hint={t("hint.password", { length: MIN_PASSWORD })}
        error={shown === "tooShort" ? t("fault.tooShort", { length: MIN_PASSWORD }) : undefined}
      >
        {(control) => (
          <Input.Password
            {...control}
            size="large"
            autoComplete="new-password"
            value={password}
            onChange={(event) => onChange(event.target.value, again)}
          />
        )}
      </Field>
      <Field label={t("field.again")} error={shown === "different" ? t("fault.different") : undefined}>
        {(control) => (
          <Input.Password
            {...control}
            size="large"
            autoComplete="new-password"
            value={again}
            onChange={(event) => onChange(password, event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
