import { useTranslation } from "react-i18next";
import "./auth.css";

const STEPS = ["account", "workspace", "ready"] as const;

/** Where a newcomer stands on the first run. */
export function SetupSteps({ current }: { current: (typeof STEPS)[number] }) {
  const { t } = useTranslation("auth");
  const at = STEPS.indexOf(current);
  return (
    <ol className="setup-steps" aria-label={t("setup.steps")}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === current ? "step" : undefined} className={index < at ? "done" : undefined}>
          <b aria-hidden>{index + 1}</b>
          {t(`setup.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
