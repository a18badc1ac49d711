import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SentenceList } from "../SentenceList";
import type { Sentence } from "../types";

const SHOWN = 4;

/** The first lines of a rule; the rest on demand. */
export function FoldedSentences({ sentences }: { sentences: readonly Sentence[] }) {
  const { t } = useTranslation("rules");
  const [all, setAll] = useState(false);
  const more = sentences.length > SHOWN;
  return (
    <>
      <SentenceList sentences={all ? sentences : sentences.slice(0, SHOWN)} />
      {more && (
        <button type="button" className="link-button small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("foldLines") : t("showLines", { count: sentences.length })}
        </button>
      )}
    </>
  );
}
