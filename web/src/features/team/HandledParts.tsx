import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { type Handled, shareInTime, verdictParts } from "./team.logic";
import "./team.css";

type Part = { handled: Handled };

/** The median with how many it is of; words where there is nothing to count. */
export function ResponseTime({ handled }: Part) {
  const { t } = useTranslation("team");
  if (handled.told === 0) return <span className="muted small">{t("noneTold")}</span>;
  return (
    <div>
      {handled.median_hours === null ? t("noneAnswered") : t("hours", { hours: handled.median_hours })}
      <div className="muted small nowrap">{t("answered", handled)}</div>
    </div>
  );
}

export function InTime({ handled }: Part) {
  const { t } = useTranslation("team");
  const { percent } = useFormat();
  const share = shareInTime(handled);
  if (share === null) return <span className="muted small">{t("noDeadline")}</span>;
  return (
    <span className="num nowrap">
      {t("inTime", { share: percent(share, 0), count: handled.in_time, all: handled.with_deadline })}
    </span>
  );
}

/** The mix as a bar; the words beneath say the same to those who do not see colours. */
export function VerdictBar({ handled }: Part) {
  const { t } = useTranslation("team");
  const parts = verdictParts(handled);
  if (parts.length === 0) return <span className="muted small">{t("noVerdicts")}</span>;
  return (
    <div className="verdict-mix">
      <div className="verdict-bar" aria-hidden>
        {parts.map(({ key, share }) => (
          <span key={key} className={key} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <span className="small">
        {parts.map(({ key, count }) => t("verdictNamed", { verdict: t(`verdict.${key}`), count })).join(" · ")}
      </span>
    </div>
  );
}

/** Never without its interval and n. */
export function Precision({ handled }: Part) {
  const { t } = useTranslation("team");
  const { percent } = useFormat();
  const found = handled.precision;
  if (!found) return <span className="muted small">{t("noVerdicts")}</span>;
  return (
    <div>
      <span className="num">{percent(found.value, 0)}</span>
      <div className="muted small nowrap">
        {t("interval", { low: percent(found.low, 0), high: percent(found.high, 0), count: found.n })}
      </div>
    </div>
  );
}
