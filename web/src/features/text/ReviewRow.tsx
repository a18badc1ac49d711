import { Button, Input } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ReadingChips, ReadText } from "@/shared/text/ReadText";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Around } from "./Around";
import { canJudge, type Item, scoreOf, TAPS } from "./review.logic";

export interface ReviewRowProps {
  item: Item;
  busy: boolean;
  onKey: (event: KeyboardEvent<HTMLElement>) => void;
  onSay?: ((said: number | null) => void) | undefined;
  onUndo: () => void;
}

/** One text with what was read in it, the words of one tap, and the conversation around it when asked. */
export function ReviewRow({ item, busy, onKey, onSay, onUndo }: ReviewRowProps) {
  const { t } = useTranslation("text");
  const to = useTo();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { customer, reading, verdict } = item;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: rows are walked by arrow keys
    <li className="review" tabIndex={0} onKeyDown={onKey} aria-label={customer.name}>
      <div className="spread wrap">
        <CustomerCell
          customer={customer}
          to={to(`/customers/${customer.id}?tab=timeline`)}
          meta={item.owner?.name ?? ""}
        />
        <span className="muted small">
          {item.kind_name} · {format.dayTime(item.at)} {item.is_sample && <SampleMark />}
        </span>
      </div>
      <p className="review-text">
        {item.gone ? <em className="muted">{t("review.gone")}</em> : <ReadText text={item.text} reading={reading} />}
      </p>
      {reading && <ReadingChips reading={reading} />}
      {verdict && (
        <p className="muted small">
          {t(verdict.agreed ? "review.wasAgreed" : "review.wasSaid", {
            read: Math.round(verdict.read),
            said: Math.round(verdict.said),
          })}
          {verdict.by && ` · ${verdict.by.name}`} · {format.dayTime(verdict.at)}
        </p>
      )}
      <div className="row wrap review-words">
        {onSay && canJudge(item) && !verdict && <Taps busy={busy} onSay={onSay} />}
        {onSay && verdict && (
          <Button disabled={busy} onClick={onUndo}>
            {t("review.undo")}
          </Button>
        )}
        <Button type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "review.close" : "review.around")}
        </Button>
      </div>
      {open && <Around item={item} />}
    </li>
  );
}

function Taps({ busy, onSay }: { busy: boolean; onSay: (said: number | null) => void }) {
  const { t } = useTranslation("text");
  const [text, setText] = useState("");
  const score = scoreOf(text);
  return (
    <>
      {TAPS.map(({ key, name, said }) => (
        <Button key={key} type={name === "agree" ? "primary" : "default"} disabled={busy} onClick={() => onSay(said)}>
          {t(`review.tap.${name}`)}
        </Button>
      ))}
      <Input
        className="review-score"
        inputMode="numeric"
        aria-label={t("review.score")}
        placeholder="0–100"
        value={text}
        status={text && score === null ? "error" : ""}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => score !== null && onSay(score)}
      />
    </>
  );
}
