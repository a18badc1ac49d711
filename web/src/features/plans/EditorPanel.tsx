import { Button, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";

type Heading = Pick<Schemas["PlanBody"], "name" | "about">;

export interface EditorPanelProps {
  title: string;
  draft: Heading;
  onChange: (part: Partial<Heading>) => void;
  /** Whether it says enough to be saved. */
  ready: boolean;
  saving: boolean;
  /** What the server refused. */
  error: unknown;
  onSave: () => void;
  onClose: () => void;
  /** What a plan or a pack has beside its name and what it is about. */
  children: ReactNode;
}

/** The form around a plan or a pack: name and about above its own fields, what was refused and the buttons below. */
export function EditorPanel({ title, draft, onChange, children, ...end }: EditorPanelProps) {
  const { t } = useTranslation(["plans", "common"]);
  return (
    <Panel title={title}>
      <div className="plan-editor">
        <Field label={t("name")}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={draft.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("about")}>
          {(control) => (
            <Input
              {...control}
              maxLength={400}
              value={draft.about}
              onChange={(event) => onChange({ about: event.target.value })}
            />
          )}
        </Field>
        {children}
        <FormError error={end.error} />
        <div className="row">
          <Button onClick={end.onClose}>{t("common:action.cancel")}</Button>
          <Button type="primary" disabled={!end.ready} loading={end.saving} onClick={end.onSave}>
            {t("common:action.save")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
