import { useTranslation } from "react-i18next";
import { type Family, STATES } from "../signals/signals.logic";

/** Per family of signals one bar: how many can be computed, partly, not, or are switched off. Numbers stand beside it. */
export function FamilyBars({ families }: { families: readonly Family[] }) {
  const { t } = useTranslation(["signals", "readiness"]);
  return (
    <ul className="readiness-families">
      {families.map((family) => (
        <li key={family.family}>
          <span className="spread">
            <span>{t(`signals:family.${family.family as "payment"}`)}</span>
            <span className="muted small num">{t("readiness:of", { some: family.ready, all: family.signals })}</span>
          </span>
          <span
            className="readiness-bar"
            role="img"
            aria-label={STATES.map((state) => `${t(`signals:state.${state}`)} ${family[state]}`).join(" · ")}
          >
            {STATES.map((state) => (
              <span key={state} className={state} style={{ flexGrow: family[state] }} />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
