import { Button, Popconfirm } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { draftOf } from "../draft.logic";
import { useRefreshRules } from "../useRefreshRules";
import type { Asking } from "./PublishModal";
import type { RuleHeadProps } from "./RuleHead";

const PublishModal = lazy(async () => ({ default: (await import("./PublishModal")).PublishModal }));

/** 存为草稿, 试运行, 发布, and back to what is live. */
export function PublishActions({
  rule,
  history,
  saving,
  incomplete,
  matched,
  onStrict,
  onSettled,
  onCreated,
}: RuleHeadProps) {
  const { t } = useTranslation("rules");
  const slug = useSlug();
  const refresh = useRefreshRules();
  const [asking, setAsking] = useState<Asking | null>(null);
  const discard = api.useMutation("delete", "/api/v1/w/{slug}/rules/{rule_id}/draft");
  const unfit = incomplete || history.draft.name.trim() === "";
  /** Says what is missing instead of doing something with half a rule. */
  const whenFit = (then: () => void) => () => (unfit ? onStrict() : then());
  const saveNow = async () => {
    const saved = await saving.save();
    if (!saved) return;
    void refresh();
    if (rule) notifyDone(t("save.saved", { when: "" }).trim());
    else onCreated(saved);
  };
  const throwAway = () =>
    rule &&
    discard.mutate(
      { params: { path: { slug, rule_id: rule.id } } },
      {
        onSuccess: (left) => {
          onSettled(draftOf(left));
          notifyDone(t("save.discarded"));
          void refresh();
        },
      },
    );
  const hasDraft = Boolean(rule?.draft && rule.live);
  return (
    <>
      {hasDraft && (
        <Popconfirm title={t("save.discardAsk")} onConfirm={throwAway}>
          <Button loading={discard.isPending}>{t("save.discard")}</Button>
        </Popconfirm>
      )}
      <Button
        loading={saving.busy && asking === null}
        disabled={rule !== null && !saving.dirty}
        onClick={whenFit(() => void saveNow())}
      >
        {t("save.button")}
      </Button>
      <Button onClick={whenFit(() => setAsking("trial"))}>{t("publish.trial")}</Button>
      <Button type="primary" onClick={whenFit(() => setAsking("publish"))}>
        {t("publish.button")}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <PublishModal
            asking={asking}
            rule={rule}
            draft={history.draft}
            saving={saving}
            matched={matched}
            onClose={() => setAsking(null)}
            onDone={(done) => {
              setAsking(null);
              void refresh();
              if (!rule) onCreated(done);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
