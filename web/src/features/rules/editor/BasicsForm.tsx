import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { Panel } from "@/shared/ui/Panel";

export interface BasicsFormProps {
  name: string;
  about: string;
  strict: boolean;
  onChange: (part: { name: string } | { about: string }) => void;
}

export function BasicsForm({ name, about, strict, onChange }: BasicsFormProps) {
  const { t } = useTranslation("rules");
  const lacking = strict && !name.trim() ? t("missing.name") : undefined;
  return (
    <Panel>
      <div className="basics">
        <Field label={t("form.name")} error={lacking}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={name}
              placeholder={t("form.namePlaceholder")}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("form.about")}>
          {({ status: _status, ...control }) => (
            <Input
              {...control}
              maxLength={400}
              value={about}
              placeholder={t("form.aboutHint")}
              onChange={(event) => onChange({ about: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
