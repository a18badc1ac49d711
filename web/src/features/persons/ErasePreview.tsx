import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";

/** What goes, with counts, and what stays, with why it may. */
export function ErasePreview({ preview }: { preview: Schemas["PersonPreviewOut"] }) {
  const { t } = useTranslation("persons");
  return (
    <div className="person-preview">
      <section aria-label={t("erase.goes")}>
        <h3>{t("erase.goes")}</h3>
        <ul>
          {preview.goes.map(({ section, label, n }) => (
            <li key={section} className="spread">
              <span>{label}</span>
              <span className="num">{n.toLocaleString()}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t("erase.stays")}>
        <h3>{t("erase.stays")}</h3>
        <ul className="muted small">
          {preview.stays.map(({ code, label }) => (
            <li key={code}>{label}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
