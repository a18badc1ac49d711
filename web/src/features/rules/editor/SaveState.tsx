import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import type { Saving } from "./useSaving";

export type SaveWord = "saving" | "failed" | "incomplete" | "unsaved" | "auto" | "none";

/** What is said about saving, in one word. */
export function saveWord(
  saving: Pick<Saving, "busy" | "error" | "dirty" | "savedAt">,
  incomplete: boolean,
  isNew: boolean,
): SaveWord {
  if (saving.busy) return "saving";
  if (!saving.dirty) return saving.savedAt ? "auto" : "none";
  if (saving.error) return "failed";
  return incomplete && !isNew ? "incomplete" : "unsaved";
}

export function SaveState({ saving, incomplete, isNew }: { saving: Saving; incomplete: boolean; isNew: boolean }) {
  const { t } = useTranslation("rules");
  const { clock } = useFormat();
  const word = saveWord(saving, incomplete, isNew);
  return (
    <span className="muted small" role="status">
      {word !== "none" && t(`save.${word}`, { when: saving.savedAt ? clock(saving.savedAt) : "" })}
    </span>
  );
}
