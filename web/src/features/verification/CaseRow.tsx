import { Button } from "antd";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Score } from "@/shared/ui/Score";
import { type Case, canReopen, DECISIONS, type Decision } from "./cases.logic";

export interface CaseRowProps {
  row: Case;
  busy: boolean;
  chosen: boolean;
  onKey: (event: KeyboardEvent<HTMLElement>) => void;
  onChoose?: (() => void) | undefined;
  onDecide?: ((decision: Decision) => void) | undefined;
  onReopen: () => void;
}

/** One odd thing with what is known of it, and the four words. On the phone it is a card with large buttons. */
export function CaseRow({ row, busy, chosen, onKey, onChoose, onDecide, onReopen }: CaseRowProps) {
  const { t } = useTranslation("verification");
  const to = useTo();
  const format = useFormat();
  const name = row.customer?.name ?? row.about;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: rows are walked by arrow keys
    <li className={`case${chosen ? " chosen" : ""}`} tabIndex={0} onKeyDown={onKey} aria-label={name}>
      {onChoose && <input type="checkbox" checked={chosen} onChange={onChoose} aria-label={t("choose", { name })} />}
      <div className="case-who">
        {row.customer ? (
          <CustomerCell customer={row.customer} to={to(`/customers/${row.customer.id}`)} meta={row.owner?.name} />
        ) : (
          <Link to={to("/readiness")}>
            <strong>{row.about}</strong>
          </Link>
        )}
      </div>
      <div className="case-what">
        <div>
          <span className="tag">{t(`kind.${row.kind}`)}</span> {row.text}
        </div>
        <div className="muted small">
          {t("since", { when: format.dayTime(row.opened_at) })}
          <Said row={row} />
        </div>
      </div>
      {row.score !== null && row.level && <Score score={row.score} level={row.level} />}
      {onDecide && (
        <fieldset className="case-words" aria-label={t("words", { name })}>
          {DECISIONS.map((decision) => (
            <Button key={decision} disabled={busy} onClick={() => onDecide(decision)}>
              {t(`decision.${decision}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <Reopen row={row} onReopen={onReopen} />
    </li>
  );
}

function Said({ row }: { row: Case }) {
  const { t } = useTranslation("verification");
  const format = useFormat();
  if (row.later_until) return <> · {t("laterUntil", { day: format.day(row.later_until) })}</>;
  if (row.status === "open") return null;
  return (
    <>
      {" "}
      · {t(`status.${row.status}`)}
      {row.decided_by && ` · ${row.decided_by.name}`}
      {row.note && ` · ${row.note}`}
    </>
  );
}

function Reopen({ row, onReopen }: Pick<CaseRowProps, "row" | "onReopen">) {
  const { t } = useTranslation("verification");
  const can = useCan();
  if (!can("handle") || !canReopen(row)) return null;
  return <Button onClick={onReopen}>{t("reopen")}</Button>;
}
