import { QuestionCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { useUrlState } from "@/shared/lib/urlState";
import { Icon } from "@/shared/ui/Icon";
import { HELP_URL, type Topic, topicAt } from "./help.logic";
import "./help.css";

/** Opens the help; without a topic, the one of the page. `words` shows its label beside the sign. */
export function HelpButton({ topic, words = false }: { topic?: Topic; words?: boolean }) {
  const { t } = useTranslation("help");
  const { pathname } = useLocation();
  const [{ help }, change] = useUrlState(HELP_URL);
  const chosen = topic ?? topicAt(pathname);
  const label = words ? t(`${chosen}.title`) : t("open");
  return (
    <button
      type="button"
      className={words ? "help-link" : "icon-button"}
      aria-label={words ? undefined : label}
      aria-haspopup="dialog"
      aria-expanded={help !== ""}
      aria-keyshortcuts="?"
      title={words ? undefined : label}
      onClick={() => change({ help: chosen })}
    >
      <Icon of={QuestionCircleOutlined} />
      {words && <span>{label}</span>}
    </button>
  );
}
