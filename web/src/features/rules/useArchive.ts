import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { RuleOut } from "./types";
import { useRefreshRules } from "./useRefreshRules";

type Which = Pick<RuleOut, "id" | "name">;

/** Puts a rule away, with undo, and takes it out again. */
export function useArchive(): { archive: (rule: Which) => void; unarchive: (rule: Which) => void } {
  const { t } = useTranslation("rules");
  const slug = useSlug();
  const refresh = useRefreshRules();
  const away = api.useMutation("delete", "/api/v1/w/{slug}/rules/{rule_id}");
  const back = api.useMutation("post", "/api/v1/w/{slug}/rules/{rule_id}/unarchive");
  const of = ({ id }: Which) => ({ params: { path: { slug, rule_id: id } } });
  const unarchive = (rule: Which) =>
    whenDone(back.mutateAsync(of(rule)), () => {
      notifyDone(t("isUnarchived", { name: rule.name }));
      void refresh();
    });
  const archive = (rule: Which) =>
    whenDone(away.mutateAsync(of(rule)), () => {
      offerUndo(t("isArchived", { name: rule.name }), () => unarchive(rule));
      void refresh();
    });
  return { archive, unarchive };
}
