import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { EditorPanel } from "./EditorPanel";
import { FitFields } from "./FitFields";
import { emptyPack, type Pack, packBody, packReady, replaced } from "./plans.logic";
import { useSaving } from "./usePlanTemplates";

type Body = Schemas["PackBody"];

/** Scripts with variables; a shipped pack is kept as the workspace's own version. */
export function PackEditor({ pack, onClose }: { pack: Pack | null; onClose: () => void }) {
  const { t } = useTranslation("plans");
  const slug = useSlug();
  const [draft, setDraft] = useState<Body>(() => pack ?? emptyPack());
  const options = useSaving(onClose);
  const create = api.useMutation("post", "/api/v1/w/{slug}/content-packs", options);
  const update = api.useMutation("put", "/api/v1/w/{slug}/content-packs/{code}", options);
  const body = packBody(draft);
  const save = () =>
    pack
      ? update.mutate({ params: { path: { slug, code: pack.code } }, body })
      : create.mutate({ params: { path: { slug } }, body });
  const set = (part: Partial<Body>) => setDraft({ ...draft, ...part });
  return (
    <EditorPanel
      title={pack ? t("editNamed", { name: pack.name }) : t("new.packs")}
      draft={draft}
      onChange={set}
      ready={packReady(draft)}
      saving={create.isPending || update.isPending}
      error={create.error ?? update.error}
      onSave={save}
      onClose={onClose}
    >
      <FitFields
        tiers={false}
        value={draft}
        onChange={({ levels, causes }) => set({ ...(levels && { levels }), ...(causes && { causes }) })}
      />
      <Scripts draft={draft} onChange={set} />
    </EditorPanel>
  );
}

function Scripts({ draft, onChange }: { draft: Body; onChange: (part: Partial<Body>) => void }) {
  const { t } = useTranslation("plans");
  const scripts = draft.scripts ?? [];
  const variables = api.useQuery("get", "/api/v1/w/{slug}/content-packs/variables", {
    params: { path: { slug: useSlug() } },
  });
  const change = (at: number, script: Schemas["ScriptBody"] | null) =>
    onChange({ scripts: replaced(scripts, at, script) });
  const named = variables.data?.variables.map((name) => `{{${name}}}`).join(" ");
  return (
    <>
      <p className="muted small">
        {t("variables")} {named}
      </p>
      <ol className="plan-steps">
        {scripts.map((script, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a script has no name but its place while it is written
          <li key={at} className="script-fields">
            <Input
              aria-label={t("scriptTitle", { n: at + 1 })}
              placeholder={t("scriptTitle", { n: at + 1 })}
              maxLength={80}
              value={script.title}
              onChange={(event) => change(at, { ...script, title: event.target.value })}
            />
            <Input.TextArea
              aria-label={t("scriptText", { n: at + 1 })}
              autoSize={{ minRows: 2, maxRows: 8 }}
              maxLength={1000}
              value={script.text}
              onChange={(event) => change(at, { ...script, text: event.target.value })}
            />
            <Button
              type="text"
              icon={<Icon of={DeleteOutlined} />}
              aria-label={t("removeScript", { n: at + 1 })}
              onClick={() => change(at, null)}
            />
          </li>
        ))}
      </ol>
      <Button
        icon={<Icon of={PlusOutlined} />}
        onClick={() => onChange({ scripts: [...scripts, { title: "", text: "" }] })}
      >
        {t("addScript")}
      </Button>
    </>
  );
}
