import { useTranslation } from "react-i18next";
import { isOneOf, type Reason, SIX, signed } from "./reasons.logic";

/** Which family a model's line adds up; a line of a signal alone needs no heading. */
export function Family({ reason }: { reason: Reason }) {
  const { t } = useTranslation(["common", "chances"]);
  if (reason.parts.length === 0) return null;
  return (
    <span className="reason-family">
      {isOneOf(SIX, reason.family) ? t(`common:family.${reason.family}`) : t("chances:other")}
    </span>
  );
}

/** What a model's line is made of: parts that add up to its points. */
export function ReasonParts({ reason }: { reason: Reason }) {
  const { t } = useTranslation("chances");
  if (reason.parts.length === 0) return null;
  return (
    <details className="reason-parts">
      <summary>{t("parts", { count: reason.parts.length })}</summary>
      <ul className="muted small">
        {reason.parts.map(({ text, points }) => (
          <li key={text} className="spread">
            <span className="grow">{text}</span>
            <span className="num">{signed(points)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
