import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { NO_EFFECTS } from "../draft.logic";
import { useEffectWords } from "../editor/useEffectWords";
import { StatusWord } from "../StatusTag";
import { diffLines, hasChanges } from "../tree/diff";
import type { VersionOut } from "../types";

export interface VersionItemProps {
  item: VersionOut;
  /** The version before it; nothing for the first. */
  before: VersionOut | null;
  isLive: boolean;
  onRestore?: (() => void) | undefined;
}

/** One version: when, by whom, why, and which sentences changed. */
export function VersionItem({ item, before, isLive, onRestore }: VersionItemProps) {
  const { t } = useTranslation("rules");
  const { dayTime } = useFormat();
  const { version, status, note, created_by, created_at, published_at } = item;
  return (
    <li className="rule-version">
      <div className="spread">
        <span className="row wrap">
          <strong>{t("version.name", { version })}</strong>
          {isLive ? <span className="status published">{t("version.live")}</span> : <StatusWord status={status} />}
        </span>
        {onRestore && !isLive && (
          <Popconfirm title={t("version.ask", { version })} onConfirm={onRestore}>
            <Button size="small">{t("version.restore")}</Button>
          </Popconfirm>
        )}
      </div>
      <p className="muted small">
        {[created_by, dayTime(published_at ?? created_at), note].filter(Boolean).join(" · ")}
      </p>
      <Changes item={item} before={before} />
    </li>
  );
}

function Changes({ item, before }: Pick<VersionItemProps, "item" | "before">) {
  const { t } = useTranslation("rules");
  const words = useEffectWords();
  const effects = words({ ...NO_EFFECTS, ...item.effects });
  const earlier = before && words({ ...NO_EFFECTS, ...before.effects });
  const lines = diffLines(before?.sentences ?? [], item.sentences);
  const changed = hasChanges(lines);
  return (
    <details>
      <summary>{before ? t("version.changes") : t("version.firstOne")}</summary>
      {before && !changed && <p className="muted small">{t("version.noChanges")}</p>}
      {(changed || !before) && (
        <ol className="diff">
          {lines.map(({ key, change, depth, text }) => (
            <li key={key} className={before ? change : "same"} style={{ paddingInlineStart: 12 + depth * 16 }}>
              {before && change !== "same" && <span className="sr-only">{t(`version.${change}`)} </span>}
              {text}
            </li>
          ))}
        </ol>
      )}
      <p className="small">
        {earlier && earlier !== effects && <del className="muted">{earlier} </del>}
        {t("publish.does", { what: effects })}
      </p>
    </details>
  );
}
