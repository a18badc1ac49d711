import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/shared/session/SessionContext";
import { CaseRow } from "./CaseRow";
import { type Case, type Decision, decisionOfKey, type Status, stepTo, waits } from "./cases.logic";
import { DecideBar } from "./DecideBar";
import { useDecide } from "./useDecide";

/** Typed into a control of the row, or meant for the browser. */
const isElsewhere = (event: KeyboardEvent<HTMLElement>) =>
  event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey;

/** The cases of a page. Arrow keys (or j, k) go from one to the next, x chooses, 1 to 4 say the word on the chosen or this one. */
export function CaseList({ cases, status }: { cases: readonly Case[]; status: Status }) {
  const { t } = useTranslation("verification");
  const mayDecide = useCan()("handle") && waits(status);
  const { decide, reopen, busy } = useDecide();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const list = useRef<HTMLUListElement>(null);
  const ids = cases.map(({ id }) => id).filter((id) => chosen.includes(id));
  const toggle = (id: number) =>
    setChosen((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]));
  const say = (wanted: readonly number[], decision: Decision, note = "") => {
    decide(wanted, decision, note);
    setChosen([]);
  };
  const act = (key: string, row: Case) => {
    const decision = decisionOfKey(key);
    if (key === "x") toggle(row.id);
    else if (decision) say(ids.length ? ids : [row.id], decision);
    return key === "x" || decision !== undefined;
  };
  const onKey = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const row = cases[at];
    if (!row || isElsewhere(event)) return;
    const next = stepTo(at, event.key, cases.length);
    if (next !== at) (list.current?.children[next] as HTMLElement | undefined)?.focus();
    if (next !== at || (mayDecide && act(event.key, row))) event.preventDefault();
  };
  return (
    <>
      {mayDecide && <p className="muted small desktop-only">{t("keys")}</p>}
      <ul className="case-list" ref={list}>
        {cases.map((row, at) => (
          <CaseRow
            key={row.id}
            row={row}
            busy={busy}
            chosen={ids.includes(row.id)}
            onKey={(event) => onKey(event, at)}
            onChoose={mayDecide ? () => toggle(row.id) : undefined}
            onDecide={mayDecide ? (decision) => say([row.id], decision) : undefined}
            onReopen={() => reopen([row.id])}
          />
        ))}
      </ul>
      {ids.length > 0 && (
        <DecideBar
          count={ids.length}
          busy={busy}
          onClear={() => setChosen([])}
          onSay={(...said) => say(ids, ...said)}
        />
      )}
    </>
  );
}
