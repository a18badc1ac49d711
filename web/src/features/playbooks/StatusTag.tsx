import { useTranslation } from "react-i18next";
import { statusOf } from "./flow/draft";
import type { Playbook } from "./types";

/** 草稿, 试运行, 停用, 暂停 or 运行中; and whether a newer draft waits. */
export function StatusTag({ playbook }: { playbook: Playbook }) {
  const { t } = useTranslation("playbooks");
  return (
    <span className="row wrap">
      <span className="tag">{t(`status.${statusOf(playbook)}`)}</span>
      {playbook.live && <span className="muted small">{t("version", { number: playbook.live.number })}</span>}
      {playbook.live && playbook.draft && <span className="tag">{t("status.hasDraft")}</span>}
    </span>
  );
}
