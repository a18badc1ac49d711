import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { Tag } from "./segments.logic";

const SHOWING = /\/w\/\{slug\}\/(tags|customers)/;

/** Lists and pages that show tags; not who would match a rule. */
export function useRefreshTags(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) =>
          typeof queryKey[1] === "string" && SHOWING.test(queryKey[1]) && !queryKey[1].endsWith("/tags/count"),
      }),
    [client],
  );
}

/** 启用/停用, 归档 with its undo, and putting customers in and out by hand. */
export function useTagChanges() {
  const { t } = useTranslation("segments");
  const slug = useSlug();
  const onSuccess = useRefreshTags();
  const enabling = api.useMutation("post", "/api/v1/w/{slug}/tags/{tag_id}/enabled", { onSuccess });
  const archiving = api.useMutation("delete", "/api/v1/w/{slug}/tags/{tag_id}", { onSuccess });
  const restoring = api.useMutation("post", "/api/v1/w/{slug}/tags/{tag_id}/unarchive", { onSuccess });
  const adding = api.useMutation("post", "/api/v1/w/{slug}/tags/{tag_id}/members", { onSuccess });
  const removing = api.useMutation("post", "/api/v1/w/{slug}/tags/{tag_id}/members/remove", { onSuccess });
  const path = (tag: Tag) => ({ path: { slug, tag_id: tag.id } });
  const restore = (tag: Tag) => restoring.mutate({ params: path(tag) });
  const body = (ids: readonly number[]) => ({ customer_ids: [...ids] });
  return {
    busy: enabling.isPending || adding.isPending || removing.isPending,
    enable: (tag: Tag, enabled: boolean) => enabling.mutate({ params: path(tag), body: { enabled } }),
    restore,
    archive: (tag: Tag) =>
      archiving.mutate(
        { params: path(tag) },
        { onSuccess: () => offerUndo(t("archive.done", { name: tag.name }), () => restore(tag)) },
      ),
    add: (tag: Tag, ids: readonly number[]) =>
      adding.mutate(
        { params: path(tag), body: body(ids) },
        {
          onSuccess: ({ changed }) =>
            offerUndo(t("members.added", { count: changed }), () =>
              removing.mutate({ params: path(tag), body: body(ids) }),
            ),
        },
      ),
    remove: (tag: Tag, ids: readonly number[]) =>
      removing.mutate(
        { params: path(tag), body: body(ids) },
        {
          onSuccess: ({ changed }) =>
            offerUndo(t("members.removed", { count: changed }), () =>
              adding.mutate({ params: path(tag), body: body(ids) }),
            ),
        },
      ),
  };
}
