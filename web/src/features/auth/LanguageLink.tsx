import { useTranslation } from "react-i18next";
import { languageOf } from "@/shared/session/useFormat";
import { LANGUAGE_NAMES } from "@/shared/session/useSwitchLanguage";

/** For visitors: remembered by the browser, since there is no account yet. */
export function LanguageLink() {
  const { i18n } = useTranslation();
  const other = languageOf(i18n.language) === "en" ? "zh-CN" : "en";
  const change = () => {
    localStorage.setItem("liuke.language", other);
    window.location.reload();
  };
  return (
    <button type="button" className="link-button" lang={other} onClick={change}>
      {LANGUAGE_NAMES[other]}
    </button>
  );
}
