import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { draftOf, EMPTY, isReady, type Template } from "./messages.logic";
import { TemplateFields } from "./TemplateFields";
import { TemplatePreview } from "./TemplatePreview";
import { TemplateVersions } from "./TemplateVersions";
import { useTemplateChanges } from "./useTemplateChanges";

/** A template with its preview and its past; those without `publish` read it. */
export function TemplateDrawer({ template, onClose }: { template: Template | undefined; onClose: () => void }) {
  const { t } = useTranslation(["messages", "common"]);
  const can = useCan();
  const [draft, setDraft] = useState(() => (template ? draftOf(template) : EMPTY));
  const { save, archive, error, busy } = useTemplateChanges(onClose);
  return (
    <Drawer open onClose={onClose} size="large" title={template?.name ?? t("messages:new")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save(draft, template);
        }}
      >
        <TemplateFields draft={draft} onChange={setDraft} isNew={!template} readOnly={!can("publish")} />
        <TemplatePreview draft={draft} />
        <FormError error={error} />
        {can("publish") && (
          <div className="row wrap">
            <Button type="primary" htmlType="submit" loading={busy} disabled={!isReady(draft)}>
              {t("common:action.save")}
            </Button>
            {template && (
              <Button onClick={() => archive(template, !template.archived)}>
                {t(template.archived ? "messages:archive.undo" : "messages:archive.do")}
              </Button>
            )}
          </div>
        )}
        {template && <TemplateVersions template={template} onRestored={onClose} />}
      </form>
    </Drawer>
  );
}
