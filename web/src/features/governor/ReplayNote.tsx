import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { refusedIn } from "./policy.logic";

/** What the policy would have done to the messages of the last 30 days. */
export function ReplayNote({ replay }: { replay: Schemas["ReplayOut"] }) {
  const { t } = useTranslation("governor");
  if (replay.judged === 0) return <p className="muted">{t("replay.none")}</p>;
  return (
    <section aria-label={t("replay.title")} className="form-note" role="status">
      <strong>{t("replay.title")}</strong>
      <p>
        {t("replay.judged", {
          judged: replay.judged,
          allowed: replay.allowed,
          deferred: replay.deferred,
          refused: refusedIn(replay.refused),
        })}
      </p>
      <ul>
        {Object.entries(replay.refused).map(([rule, count]) => (
          <li key={rule}>
            {t(`rule.${rule as "consent"}`)} {count}
          </li>
        ))}
      </ul>
      <p>{t("replay.compared", { was: replay.was_refused, more: replay.newly_refused, less: replay.newly_allowed })}</p>
      <p className="muted small">{t("replay.note")}</p>
    </section>
  );
}
