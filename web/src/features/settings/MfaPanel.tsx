import { Button, Input, Popconfirm, QRCode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { Panel } from "@/shared/ui/Panel";
import { Secret } from "./Secret";
import { type Totp, useTotp } from "./useTotp";

function TurnOn({ totp }: { totp: Totp }) {
  const { t } = useTranslation(["settings", "auth"]);
  const [code, setCode] = useState("");
  return (
    <div className="row wrap" style={{ alignItems: "flex-start", gap: 24 }}>
      {totp.address && (
        <div aria-hidden>
          <QRCode value={totp.address} size={148} bordered={false} />
        </div>
      )}
      <div className="form grow" style={{ maxWidth: 380 }}>
        <p>{t("settings:mfa.scan")}</p>
        <div className="secret small">{totp.secret}</div>
        <Field label={t("auth:field.code")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button type="primary" disabled={code.trim().length !== 6} onClick={() => totp.turnOn(code)}>
            {t("settings:mfa.turnOn")}
          </Button>
        </div>
      </div>
    </div>
  );
}

function AskPassword({ totp }: { totp: Totp }) {
  const { t } = useTranslation(["settings", "auth"]);
  const [password, setPassword] = useState("");
  return (
    <div className="form" style={{ maxWidth: 380 }}>
      <p className="form-note">{t("settings:mfa.again")}</p>
      <Field label={t("auth:field.password")}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button disabled={!password} onClick={() => totp.confirm(password)}>
          {t("settings:mfa.confirm")}
        </Button>
      </div>
    </div>
  );
}

/** The second step of the log-in: a time-based code, with recovery codes for a lost phone. */
export function MfaPanel() {
  const { t } = useTranslation("settings");
  const totp = useTotp();
  return (
    <Panel
      title={t("mfa.title")}
      extra={
        totp.active !== undefined && (
          <span className={`risk-tag ${totp.active ? "risk-normal" : "risk-early"}`}>
            {t(totp.active ? "mfa.on" : "mfa.off")}
          </span>
        )
      }
    >
      <div className="stack">
        {totp.fault !== undefined && (
          <p className="form-error" role="alert">
            {totp.fault || t("mfa.failed")}
          </p>
        )}
        {totp.codes.length > 0 && <Secret text={totp.codes.join("  ")} note={t("mfa.codes")} />}
        {totp.asksPassword && <AskPassword totp={totp} />}
        {!totp.asksPassword && totp.active === false && <TurnOn totp={totp} />}
        {!totp.asksPassword && totp.active && (
          <div>
            <Popconfirm title={t("mfa.offAsk")} onConfirm={totp.turnOff}>
              <Button danger>{t("mfa.turnOff")}</Button>
            </Popconfirm>
          </div>
        )}
      </div>
    </Panel>
  );
}
