import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { DefinitionFields } from "./DefinitionFields";
import { sameDefinition } from "./model.logic";
import { PreviewPanel } from "./PreviewPanel";

interface Props {
  setting: Schemas["ModelSettingOut"];
  mayEdit: boolean;
  onSaved: () => void;
}

/** 流失定义: what counts as lost, with what it finds in the workspace's own past beside it. */
export function DefinitionPanel({ setting, mayEdit, onSaved }: Props) {
  const { t } = useTranslation("model");
  const slug = useSlug();
  const [definition, setDefinition] = useState(setting.definition);
  const [target, setTarget] = useState(setting.target);
  const [retrain, setRetrain] = useState(setting.retrain);
  const save = api.useMutation("put", "/api/v1/w/{slug}/model/settings", {
    meta: { quiet: true },
    onSuccess: () => {
      notifyDone(t("definition.saved"));
      onSaved();
    },
  });
  const changed =
    !sameDefinition(definition, setting.definition) || target !== setting.target || retrain !== setting.retrain;
  return (
    <Panel title={t("definition.title")} className="definition">
      <div className="definition-grid">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ params: { path: { slug } }, body: { definition, target, retrain } });
          }}
        >
          <fieldset disabled={!mayEdit}>
            <DefinitionFields definition={definition} kinds={setting.kinds} onChange={setDefinition} />
            <label className="row small">
              {t("definition.target")}
              <input
                type="range"
                min={70}
                max={95}
                step={5}
                value={Math.round(target * 100)}
                onChange={(event) => setTarget(Number(event.target.value) / 100)}
              />
              <output>{Math.round(target * 100)}%</output>
            </label>
            <label className="row small">
              <input type="checkbox" checked={retrain} onChange={(event) => setRetrain(event.target.checked)} />
              {t("definition.retrain")}
            </label>
          </fieldset>
          <FormError error={save.error} />
          {mayEdit && (
            <Button htmlType="submit" type="primary" disabled={!changed} loading={save.isPending}>
              {t("definition.save")}
            </Button>
          )}
        </form>
        <PreviewPanel definition={definition} />
      </div>
    </Panel>
  );
}
