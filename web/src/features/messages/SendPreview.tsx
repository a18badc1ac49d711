import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";

/** To whom, how it reads and what the governor says. */
export function SendPreview({ preview }: { preview: Schemas["MessagePreviewOut"] }) {
  const { t } = useTranslation("messages");
  const format = useFormat();
  const { verdict, address, contact } = preview;
  const when = verdict.until ? format.dayTime(verdict.until) : "";
  return (
    <div className="stack">
      <p className={verdict.verdict === "refused" ? "form-error" : "form-note"} role="status">
        {t(`verdict.${verdict.verdict}`, { why: verdict.text, when })}
        {verdict.holds && verdict.verdict !== "refused" && ` · ${t(`verdict.${verdict.holds as "dry_run"}`)}`}
      </p>
      <p className="muted small">{address ? t("send.to", { contact, address }) : t("send.noAddress")}</p>
      {preview.text && (
        <section aria-label={t("send.preview")}>
          {preview.subject && <strong>{preview.subject}</strong>}
          <p className="message-text">{preview.text}</p>
        </section>
      )}
    </div>
  );
}
