import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { asApiError } from "@/shared/api/errors";
import { usePhone } from "@/shared/lib/useMedia";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { catalogueOf } from "../rules/catalogue.logic";
import { CountPanel } from "../rules/editor/CountPanel";
import { RuleBuilder } from "../rules/editor/RuleBuilder";
import { SentenceList } from "../rules/SentenceList";
import { missingOf } from "../rules/tree/complete";
import { faultsByNode } from "../rules/tree/places";
import { writeTree } from "../rules/tree/plain";
import type { Catalogue, CatalogueOut } from "../rules/types";
import { BasicsForm } from "./BasicsForm";
import { catalogueFor, type Draft, draftOf, type Tag, writeDraft } from "./segments.logic";
import { useRefreshTags } from "./useTagChanges";
import { useTagCount } from "./useTagCount";
import "../rules/rules.css";

/** Name, kind, weight, colour and rule of a tag, with who it would name. */
export function SegmentEditor({ tag }: { tag: Tag | null }) {
  const slug = useSlug();
  const known = api.useQuery("get", "/api/v1/w/{slug}/rules/catalogue", { params: { path: { slug } } });
  if (known.isError) return <ErrorState error={known.error} retry={() => void known.refetch()} />;
  if (!known.data) return <SkeletonRows rows={8} />;
  return <Editor tag={tag} known={known.data} />;
}

function Editor({ tag, known }: { tag: Tag | null; known: CatalogueOut }) {
  const { t } = useTranslation(["segments", "common"]);
  const phone = usePhone();
  const [draft, setDraft] = useState(() => draftOf(tag));
  const [strict, setStrict] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const catalogue = useMemo(() => catalogueOf(catalogueFor(draft.kind, known)), [draft.kind, known]);
  const { hasRule, incomplete, text } = ruleOf(draft, catalogue);
  const live = useTagCount(draft.kind, text);
  const saving = useSaveTag(tag);
  const refused = asApiError(saving.error).faults ?? [];
  const faults = useMemo(
    () => faultsByNode(draft.tree, live.faults.length ? live.faults : refused),
    [draft.tree, live.faults, refused],
  );
  const save = () => {
    setStrict(true);
    if (draft.name.trim() && !incomplete) saving.save(draft);
  };
  return (
    <div className={hasRule && !phone ? "rule-editor" : ""}>
      <div className="stack">
        <BasicsForm draft={draft} strict={strict} builtIn={tag?.built_in ?? false} onChange={change} />
        {hasRule && !phone && (
          <RuleBuilder
            catalogue={catalogue}
            tree={draft.tree}
            faults={faults}
            strict={strict}
            onChange={(tree) => change({ tree })}
          />
        )}
        {hasRule && phone && <RuleToRead tag={tag} />}
        {Boolean(saving.error) && <FormError error={saving.error} />}
        <div className="row">
          <Button type="primary" onClick={save} loading={saving.busy}>
            {t("common:action.save")}
          </Button>
          {strict && incomplete && <span className="muted">{t("segments:form.incomplete")}</span>}
        </div>
      </div>
      {hasRule && !phone && (
        <div className="rule-side stack">
          <CountPanel live={live} incomplete={incomplete} />
        </div>
      )}
    </div>
  );
}

/** Whether the tag has a rule, whether it is complete, and if so its document as text. */
function ruleOf({ kind, byRule, tree }: Draft, { typeOf }: Catalogue) {
  const hasRule = byRule || kind === "predictive";
  const incomplete = hasRule && missingOf(tree, typeOf).size > 0;
  return { hasRule, incomplete, text: hasRule && !incomplete ? JSON.stringify(writeTree(tree)) : "" };
}

function RuleToRead({ tag }: { tag: Tag | null }) {
  const { t } = useTranslation("segments");
  return (
    <>
      {tag && <SentenceList sentences={tag.sentences} />}
      <p className="muted">{t("form.onDesktop")}</p>
    </>
  );
}

function useSaveTag(tag: Tag | null) {
  const { t } = useTranslation("segments");
  const slug = useSlug();
  const to = useTo();
  const navigate = useNavigate();
  const refresh = useRefreshTags();
  const options = { meta: { quiet: true } };
  const creating = api.useMutation("post", "/api/v1/w/{slug}/tags", options);
  const editing = api.useMutation("put", "/api/v1/w/{slug}/tags/{tag_id}", options);
  const done = ({ id, name }: Tag) => {
    notifyDone(t("form.saved", { name }));
    void refresh();
    if (!tag) void navigate(to(`/segments/${id}`), { replace: true });
  };
  return {
    busy: creating.isPending || editing.isPending,
    error: creating.error ?? editing.error,
    save: (draft: Draft) => {
      const body = writeDraft(draft);
      if (tag) editing.mutate({ params: { path: { slug, tag_id: tag.id } }, body }, { onSuccess: done });
      else creating.mutate({ params: { path: { slug } }, body }, { onSuccess: done });
    },
  };
}
