import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Panel } from "@/shared/ui/Panel";
import { MetricPreview } from "./MetricPreview";
import type { Metric } from "./metrics.logic";

/** A metric that the reader may not change: what it means, who uses it, what it gives. */
export function MetricReader({ metric }: { metric: Metric }) {
  const { t } = useTranslation("metrics");
  const slug = useSlug();
  const path = { slug, code: metric.code };
  const { data, isFetching, error } = api.useQuery("get", "/api/v1/w/{slug}/metrics/{code}/preview", {
    params: { path },
  });
  return (
    <div className="metric-editor">
      <Panel title={t("edit.what")}>
        <div className="stack">
          <p>{metric.sentence}</p>
          {metric.missing && <p className="metric-missing">{metric.missing}</p>}
          {metric.builtin && <p className="muted">{t("builtin")}</p>}
          {metric.uses.length ? (
            <ul className="metric-uses">
              {metric.uses.map(({ kind, id, name, live }) => (
                <li key={`${kind}${id}${live}`}>
                  <span className="muted">{t(`use.${kind}`)}</span> {live ? name : t("draftUse", { name })}
                </li>
              ))}
            </ul>
          ) : (
            <p className="muted">{t("unused")}</p>
          )}
        </div>
      </Panel>
      <div className="metric-side">
        <MetricPreview preview={data} busy={isFetching} error={error} />
      </div>
    </div>
  );
}
