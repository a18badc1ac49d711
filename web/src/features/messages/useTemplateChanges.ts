import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { Draft, Template } from "./messages.logic";

const LIST = "/api/v1/w/{slug}/message-templates";

/** Saving makes a new version; archiving has its undo. */
export function useTemplateChanges(onDone: () => void) {
  const { t } = useTranslation("messages");
  const slug = useSlug();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(LIST) });
  const onSuccess = (saved: Template) => {
    notifyDone(t("saved", { number: saved.number }));
    onDone();
    return refresh();
  };
  const creating = api.useMutation("post", LIST, { onSuccess });
  const saving = api.useMutation("put", `${LIST}/{code}`, { onSuccess });
  const archiving = api.useMutation("post", `${LIST}/{code}/archived`, { onSuccess: refresh });
  const away = (template: Template, archived: boolean) =>
    archiving.mutate({ params: { path: { slug, code: template.code } }, body: { archived } });
  return {
    busy: creating.isPending || saving.isPending,
    error: creating.error ?? saving.error,
    save: (draft: Draft, template: Template | undefined) =>
      template
        ? saving.mutate({
            params: { path: { slug, code: template.code } },
            body: { ...draft, based_on: template.number },
          })
        : creating.mutate({ params: { path: { slug } }, body: { ...draft, based_on: 0 } }),
    archive: (template: Template, archived: boolean) => {
      away(template, archived);
      if (archived) offerUndo(t("archive.done", { name: template.name }), () => away(template, false));
      onDone();
    },
  };
}
