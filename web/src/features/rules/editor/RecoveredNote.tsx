import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import type { Kept } from "../draft.logic";

/** Changes of an earlier visit that the server never got are back; they can be dropped. */
export function RecoveredNote({ kept, onDrop, onKeep }: { kept: Kept; onDrop: () => void; onKeep: () => void }) {
  const { t } = useTranslation(["rules", "common"]);
  const { dayTime } = useFormat();
  return (
    <div className="form-note spread" role="status">
      <span>{t("rules:save.recovered", { when: dayTime(kept.at) })}</span>
      <span className="row">
        <button type="button" className="link-button" onClick={onDrop}>
          {t("rules:save.drop")}
        </button>
        <button type="button" className="link-button" onClick={onKeep}>
          {t("common:action.close")}
        </button>
      </span>
    </div>
  );
}
