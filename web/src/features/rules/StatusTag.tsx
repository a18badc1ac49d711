import { useTranslation } from "react-i18next";
import { type Status, statusOf } from "./draft.logic";
import type { RuleOut } from "./types";
import "./status.css";

/** 草稿 / 试运行 / 已发布, with what waits beside it. 启用/停用 is the switch's. */
export function StatusTag({ rule }: { rule: Pick<RuleOut, "live" | "draft" | "archived"> }) {
  const { t } = useTranslation("rules");
  const status = statusOf(rule);
  const waits = rule.live && rule.draft ? (rule.draft.status === "trial" ? t("hasTrial") : t("hasDraft")) : "";
  return (
    <span className="row wrap status-tags">
      <StatusWord status={status} />
      {rule.archived && <span className="status archived">{t("archived")}</span>}
      {waits && <span className="muted small">{waits}</span>}
    </span>
  );
}

export function StatusWord({ status }: { status: Status | "retired" }) {
  const { t } = useTranslation("rules");
  return <span className={`status ${status}`}>{t(`status.${status}`)}</span>;
}
