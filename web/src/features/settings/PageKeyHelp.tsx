import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "@/shared/list/copyText";
import { webSnippet, wxSnippet } from "./pageKey.logic";

/** What to put into a page or a mini-program, with the key already in it. */
export function PageKeyHelp({ secret }: { secret: string }) {
  const { t } = useTranslation("settings");
  const [where, setWhere] = useState<"web" | "wx">("web");
  const text = (where === "web" ? webSnippet : wxSnippet)(location.origin, secret, t("key.snippetCustomer"));
  return (
    <div className="stack" style={{ gap: 8, marginTop: 12 }}>
      <Segmented
        aria-label={t("key.snippet")}
        value={where}
        onChange={setWhere}
        options={(["web", "wx"] as const).map((value) => ({ value, label: t(`key.snippet_${value}`) }))}
      />
      <pre className="secret">{text}</pre>
      <div>
        <Button onClick={() => void copyText(text)}>{t("key.copySnippet")}</Button>
      </div>
      <p className="muted small">{t("key.snippetHint")}</p>
    </div>
  );
}
