import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import type { Preview } from "./keeping.logic";

interface RetentionPreviewProps {
  preview: Preview;
  saving: boolean;
  onConfirm: () => void;
  onBack: () => void;
}

/** What a choice would take away tonight, before anybody confirms it. */
export function RetentionPreview({ preview, saving, onConfirm, onBack }: RetentionPreviewProps) {
  const { t } = useTranslation("keeping");
  const { count, day, list } = useFormat();
  return (
    <section className="keeping-preview" aria-live="polite" aria-label={t("retention.preview")}>
      {preview.rows === 0 ? (
        <p>{t("retention.none_go")}</p>
      ) : (
        <ul>
          {preview.going.map(({ group, rows, customers, since }) => (
            <li key={group}>
              {t("retention.going", {
                group: t(`retention.group.${group}`),
                rows: count(rows),
                customers: count(customers),
                day: day(since),
              })}
            </li>
          ))}
        </ul>
      )}
      {preview.metrics_total > 0 && (
        <p>{t("retention.metrics", { count: preview.metrics_total, names: list(preview.metrics) })}</p>
      )}
      <p className="muted small">{t("retention.backup_first")}</p>
      <div className="row wrap">
        <Button danger={preview.rows > 0} type="primary" loading={saving} onClick={onConfirm}>
          {preview.rows > 0 ? t("retention.confirm", { rows: count(preview.rows) }) : t("retention.save")}
        </Button>
        <Button onClick={onBack}>{t("retention.back")}</Button>
      </div>
    </section>
  );
}
