import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { TagChip } from "@/shared/list/TagChip";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { SentenceList } from "../rules/SentenceList";
import { type Tag, weightText } from "./segments.logic";
import { TagTrend } from "./TagTrend";
import { useTagChanges } from "./useTagChanges";

export function SegmentTable({ tags }: { tags: readonly Tag[] }) {
  const { t } = useTranslation(["segments", "shell"]);
  return (
    <div className="list-box">
      <table className="list-table segment-table">
        <caption className="sr-only">{t("shell:nav.segments")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("segments:column.tag")}</th>
            <th scope="col">{t("segments:column.rule")}</th>
            <th scope="col" className="right">
              {t("segments:column.members")}
            </th>
            <th scope="col">{t("segments:column.trend")}</th>
            <th scope="col" className="right">
              {t("segments:column.weight")}
            </th>
            <th scope="col">{t("segments:column.enabled")}</th>
          </tr>
        </thead>
        <tbody>
          {tags.map((tag) => (
            <Row key={tag.id} tag={tag} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  const to = useTo();
  const format = useFormat();
  return (
    <tr>
      <td>
        <Link to={to(`/segments/${tag.id}`)}>
          <TagChip tag={tag} />
        </Link>
        <div className="muted small">
          {t(`kind.${tag.kind}`)}
          {tag.built_in && ` · ${t("builtIn")}`}
        </div>
      </td>
      <td className="segment-rule">
        <TagRule tag={tag} />
      </td>
      <td className="right num">{format.customers(tag.members)}</td>
      <td>
        <TagTrend tag={tag} />
      </td>
      <td className="right num">{tag.kind === "predictive" ? "—" : weightText(tag.weight)}</td>
      <td>
        <TagSwitch tag={tag} />
      </td>
    </tr>
  );
}

/** The rule in words, that people choose the members, or why the rule cannot be read any more. */
export function TagRule({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  if (tag.faults.length > 0)
    return (
      <div className="form-error" role="note">
        {t("broken")}
        <ul>
          {tag.faults.map(({ where, message }) => (
            <li key={where}>{message}</li>
          ))}
        </ul>
      </div>
    );
  if (tag.rule === null) return <span className="muted">{t("byHandOnly")}</span>;
  return <SentenceList sentences={tag.sentences} />;
}

/** 启用 / 停用. */
export function TagSwitch({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  const can = useCan();
  const { enable, busy } = useTagChanges();
  return (
    <Switch
      checked={tag.enabled}
      loading={busy}
      disabled={!can("publish") || tag.archived}
      aria-label={t("enable", { name: tag.name })}
      onChange={(enabled) => enable(tag, enabled)}
    />
  );
}
