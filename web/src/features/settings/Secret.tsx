import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { notifyDone } from "@/shared/ui/notify";

/** Something that is shown once: the text, and a button that copies it. */
export function Secret({ text, note }: { text: string; note: string }) {
  const { t } = useTranslation("common");
  const copy = () => navigator.clipboard?.writeText(text).then(() => notifyDone(t("action.copied")));
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p className="form-note">{note}</p>
      <div className="secret">{text}</div>
      <div>
        <Button onClick={copy}>{t("action.copy")}</Button>
      </div>
    </div>
  );
}
