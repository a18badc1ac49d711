import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";

export interface ModelPanelProps {
  settings: Schemas["TextSettingsOut"];
  onChanged: () => void;
}

/** The optional language model: off by default, asked only where the reader is in doubt, never alone the cause of an alert. */
export function ModelPanel({ settings: { model, may_edit: may }, onChanged }: ModelPanelProps) {
  const { t } = useTranslation("text");
  const params = { path: { slug: useSlug() } };
  const [draft, setDraft] = useState({
    enabled: model.enabled,
    url: model.url,
    name: model.name,
    seconds: model.seconds,
  });
  const [key, setKey] = useState("");
  const saving = api.useMutation("put", "/api/v1/w/{slug}/text/settings/model", {
    onSuccess: () => {
      setKey("");
      notifyDone(t("model.saved"));
      onChanged();
    },
  });
  const testing = api.useMutation("post", "/api/v1/w/{slug}/text/settings/model/test", {
    onSuccess: onChanged,
    onError: notifyError,
  });
  const put = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <Panel title={t("model.title")}>
      <div className="stack">
        <p className="muted">{t("model.text")}</p>
        <Checkbox checked={draft.enabled} disabled={!may} onChange={(event) => put({ enabled: event.target.checked })}>
          {t("model.enabled")}
        </Checkbox>
        <div className="model-fields">
          <label>
            {t("model.url")}
            <Input
              value={draft.url}
              disabled={!may}
              placeholder="https://api.deepseek.com/v1"
              onChange={(event) => put({ url: event.target.value.trim() })}
            />
          </label>
          <label>
            {t("model.name")}
            <Input value={draft.name} disabled={!may} onChange={(event) => put({ name: event.target.value })} />
          </label>
          <label>
            {t("model.key")}
            <Input.Password
              value={key}
              disabled={!may}
              autoComplete="off"
              placeholder={t(model.has_key ? "model.keyKept" : "model.keyNone")}
              onChange={(event) => setKey(event.target.value)}
            />
          </label>
          <label>
            {t("model.seconds")}
            <Input
              type="number"
              min={1}
              max={60}
              value={draft.seconds}
              disabled={!may}
              onChange={(event) => put({ seconds: Number(event.target.value) })}
            />
          </label>
        </div>
        <FormError error={saving.error} />
        {may && (
          <div className="row wrap">
            <Button
              type="primary"
              loading={saving.isPending}
              onClick={() => saving.mutate({ params, body: { ...draft, key: key || null } })}
            >
              {t("model.save")}
            </Button>
            <Button loading={testing.isPending} disabled={!model.url} onClick={() => testing.mutate({ params })}>
              {t("model.test")}
            </Button>
          </div>
        )}
        {model.test && <Tested test={model.test} />}
      </div>
    </Panel>
  );
}

function Tested({ test }: { test: Schemas["ModelTestOut"] }) {
  const { t } = useTranslation("text");
  const format = useFormat();
  return (
    <p role="status" className={test.ok ? "" : "bad"}>
      {test.ok ? t("model.good", { score: Math.round(test.negative ?? 0) }) : t("model.bad", { why: test.message })}
      <span className="muted small"> {format.dayTime(test.at)}</span>
    </p>
  );
}
