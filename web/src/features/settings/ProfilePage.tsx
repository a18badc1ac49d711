import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSession } from "@/shared/session/SessionContext";
import { languageOf } from "@/shared/session/useFormat";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { LANGUAGE_NAMES } from "@/shared/session/useSwitchLanguage";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { AbsencePanel } from "./AbsencePanel";
import { CalendarPanel } from "./CalendarPanel";
import { MfaPanel } from "./MfaPanel";
import { PasswordPanel } from "./PasswordPanel";

function PersonPanel() {
  const { t } = useTranslation(["settings", "auth", "common"]);
  const { me } = useSession();
  const refresh = useRefreshAll();
  const [name, setName] = useState(me?.name ?? "");
  const [phone, setPhone] = useState(me?.phone ?? "");
  const [language, setLanguage] = useState(languageOf(me?.language ?? ""));
  const save = api.useMutation("patch", "/api/v1/me", {
    meta: { quiet: true },
    onSuccess: () => {
      refresh();
      notifyDone(t("common:action.saved"));
    },
  });
  return (
    <Panel title={t("settings:profile.person")}>
      <div className="form narrow">
        <Field inline label={t("auth:field.email")}>
          {(control) => <Input {...control} value={me?.email} disabled />}
        </Field>
        <Field inline label={t("auth:field.name")}>
          {(control) => (
            <Input {...control} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field inline label={t("settings:profile.phone")}>
          {(control) => (
            <Input
              {...control}
              value={phone}
              type="tel"
              autoComplete="tel"
              onChange={(event) => setPhone(event.target.value)}
            />
          )}
        </Field>
        <Field inline label={t("settings:profile.language")}>
          {(control) => (
            <Select
              {...control}
              value={language}
              onChange={setLanguage}
              options={(["zh-CN", "en"] as const).map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
              style={{ width: 160 }}
            />
          )}
        </Field>
        <FormError error={save.error} />
        <div>
          <Button
            type="primary"
            disabled={!name.trim()}
            loading={save.isPending}
            onClick={() => save.mutate({ body: { name: name.trim(), phone, language } })}
          >
            {t("common:action.save")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

export function ProfilePage() {
  return (
    <>
      <PersonPanel />
      <AbsencePanel />
      <PasswordPanel />
      <CalendarPanel />
      <MfaPanel />
    </>
  );
}
