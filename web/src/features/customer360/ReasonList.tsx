import { RightOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ALL_RULES, isAboutRules } from "@/features/rules/why/why.logic";
import { Icon } from "@/shared/ui/Icon";
import { Family, ReasonParts } from "./ReasonParts";
import { type Breakdown, breakdownOf, type Reason, signed } from "./reasons.logic";
import "./reasons.css";

export interface ReasonListProps {
  base: number;
  reasons: readonly Reason[];
  score: number;
  /** Opens the raw rows behind a reason. */
  onOpen: (signal: string) => void;
  shown?: number;
}

/** Why this score: base, reasons with bars, the others folded, and their sum. */
export function ReasonList({ base, reasons, score, onOpen, shown = 5 }: ReasonListProps) {
  const { t } = useTranslation(["customer360", "common"]);
  const [all, setAll] = useState(false);
  const parts = breakdownOf(base, reasons, score, shown);
  return (
    <div className="reasons">
      <ul>
        {parts.lines.map((line) => (
          <ReasonLine key={line.reason.signal + line.reason.text} line={line} onOpen={onOpen} />
        ))}
        {all &&
          parts.rest.map((line) => (
            <ReasonLine key={line.reason.signal + line.reason.text} line={line} onOpen={onOpen} />
          ))}
      </ul>
      {parts.rest.length > 0 && (
        <button type="button" className="reason-more" aria-expanded={all} onClick={() => setAll(!all)}>
          <span>{all ? t("reasons.fold") : t("common:score.others", { count: parts.rest.length })}</span>
          <span className="num">{signed(parts.restPoints)}</span>
        </button>
      )}
      <div className="reason-sum">
        <span>{t("common:score.base")}</span>
        <span className="num">{parts.base}</span>
      </div>
      <div className="reason-sum total">
        <span>{t("reasons.sum")}</span>
        <span className="num">= {parts.score}</span>
      </div>
      <p className="muted small">{t("reasons.association")}</p>
      <button type="button" className="link-button small" onClick={() => onOpen(ALL_RULES)}>
        {t("reasons.rules")}
      </button>
    </div>
  );
}

function ReasonLine({ line, onOpen }: { line: Breakdown["lines"][number]; onOpen: (signal: string) => void }) {
  const { t } = useTranslation(["customer360", "common"]);
  const { reason, points, share } = line;
  const opens = reason.has_evidence || isAboutRules(reason.signal);
  const good = points < 0;
  const content = (
    <>
      <span className="spread">
        <span className="grow reason-text">
          <Family reason={reason} />
          {reason.text}
        </span>
        <span className={`num reason-points ${good ? "good" : "bad"}`}>{signed(points)}</span>
        {opens && <Icon of={RightOutlined} className="reason-open" />}
      </span>
      <span className="reason-bar" aria-hidden>
        <span className={good ? "good" : "bad"} style={{ width: `${Math.max(2, share * 100)}%` }} />
      </span>
    </>
  );
  if (!opens)
    return (
      <li>
        <div className="reason">{content}</div>
        <ReasonParts reason={reason} />
      </li>
    );
  return (
    <li>
      <button type="button" className="reason" title={t("reasons.open")} onClick={() => onOpen(reason.signal)}>
        {content}
      </button>
      <ReasonParts reason={reason} />
    </li>
  );
}
