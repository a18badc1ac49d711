import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { Metric } from "./metrics.logic";

const LIST = "/api/v1/w/{slug}/metrics";

/** The list and the previews, asked again. */
export function useRefreshMetrics(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(LIST) });
}

/** Puts a metric away, with undo, and takes it back. */
export function useArchiveMetric(): { archive: (metric: Metric) => void; unarchive: (metric: Metric) => void } {
  const { t } = useTranslation("metrics");
  const slug = useSlug();
  const refresh = useRefreshMetrics();
  const away = api.useMutation("delete", "/api/v1/w/{slug}/metrics/{code}");
  const back = api.useMutation("post", "/api/v1/w/{slug}/metrics/{code}/unarchive");
  const of = ({ code }: Metric) => ({ params: { path: { slug, code } } });
  const unarchive = (metric: Metric) =>
    whenDone(back.mutateAsync(of(metric)), () => {
      notifyDone(t("isUnarchived", { name: metric.name }));
      refresh();
    });
  const archive = (metric: Metric) =>
    whenDone(away.mutateAsync(of(metric)), () => {
      offerUndo(t("isArchived", { name: metric.name }), () => unarchive(metric));
      refresh();
    });
  return { archive, unarchive };
}
