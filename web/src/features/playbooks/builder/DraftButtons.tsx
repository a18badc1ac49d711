import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import type { Playbook } from "../types";
import type { Saving } from "./useSavingDraft";

export interface DraftButtonsProps {
  playbook: Playbook;
  /** Something is wrong, or not known to be right. */
  blocked: boolean;
  saving: Saving;
  onChanged: (playbook: Playbook) => void;
}

/** 开始试运行, for a draft that is not on trial yet; 丢弃草稿, where something is live to go back to. */
export function DraftButtons({ playbook, blocked, saving, onChanged }: DraftButtonsProps) {
  const { t } = useTranslation("playbooks");
  const params = { path: { slug: useSlug(), playbook_id: playbook.id } };
  const trial = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/trial", {
    onSuccess: (told) => {
      notifyDone(t("draft.trialDone"));
      onChanged(told);
    },
  });
  const discard = api.useMutation("delete", "/api/v1/w/{slug}/playbooks/{playbook_id}/draft", {
    onSuccess: (told) => {
      notifyDone(t("draft.discarded"));
      onChanged(told);
    },
  });
  const start = async () => {
    if (saving.isDirty() && !(await saving.save())) return;
    trial.mutate({ params });
  };
  if (!playbook.draft) return null;
  return (
    <>
      {playbook.draft.status !== "trial" && (
        <Popconfirm title={t("draft.trialAsk")} onConfirm={() => void start()} disabled={blocked}>
          <Button disabled={blocked} loading={trial.isPending}>
            {t("draft.trial")}
          </Button>
        </Popconfirm>
      )}
      {playbook.live && (
        <Popconfirm
          title={t("draft.discardAsk", { number: playbook.live.number })}
          onConfirm={() => discard.mutate({ params })}
        >
          <Button danger loading={discard.isPending}>
            {t("draft.discard")}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}
