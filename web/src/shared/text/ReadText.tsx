import { useTranslation } from "react-i18next";
import { heatOf, piecesOf, type Reading, shownIntents, toneOf } from "./spans.logic";
import "./readText.css";

/** A text with the words that show something marked; what they show is in their title. */
export function ReadText({ text, reading }: { text: string; reading: Reading | null | undefined }) {
  const { t } = useTranslation("text");
  const labels = new Map(reading?.topics.map(({ code, label }) => [code, label]));
  return (
    <>
      {piecesOf(text, reading?.spans ?? []).map((piece, at) => {
        const tone = toneOf(piece);
        if (!tone) return piece.text;
        const names = piece.shows.map(({ shows, which }) =>
          shows === "intent"
            ? t(`intent.${which as "leave"}`)
            : shows === "negative"
              ? t("shows.negative")
              : (labels.get(which) ?? which),
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
          <mark key={at} className={`read-${tone}`} title={[...new Set(names)].join(" · ")}>
            {piece.text}
          </mark>
        );
      })}
    </>
  );
}

/** What was read, as chips: how negative, what about, what the customer wants, which competitor. */
export function ReadingChips({ reading }: { reading: Reading }) {
  const { t } = useTranslation("text");
  const { negative, topics, competitor, acknowledgement, reviewed, second } = reading;
  return (
    <span className="read-chips">
      {negative !== null && (
        <span className={`read-score ${heatOf(negative)}`} title={t("negative.help")}>
          {t("negative.label", { score: Math.round(negative) })}
        </span>
      )}
      {acknowledgement && <span className="tag">{t("acknowledgement")}</span>}
      {topics.map(({ code, label }) => (
        <span key={code} className="tag">
          {label}
        </span>
      ))}
      {shownIntents(reading).map(({ kind }) => (
        <span key={kind} className={`tag intent-${kind}`}>
          {t(`intent.${kind}`)}
        </span>
      ))}
      {competitor && <span className="tag intent-leave">{t("competitor", { name: competitor })}</span>}
      {reviewed && <span className="tag">{t("reviewed")}</span>}
      {second && <span className="tag">{t("second")}</span>}
    </span>
  );
}
