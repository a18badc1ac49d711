import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import type { Plan } from "./routing.logic";

/** What was published, by whom and when; an earlier one can be loaded into the editor. */
export function VersionsPanel({ number, onLoad }: { number: number; onLoad: (plan: Plan) => void }) {
  const { t } = useTranslation("routing");
  const { dayTime } = useFormat();
  const path = { params: { path: { slug: useSlug() } } };
  const versions = api.useQuery("get", "/api/v1/w/{slug}/routing/versions", path);
  if (versions.isError) return <ErrorState error={versions.error} retry={() => void versions.refetch()} />;
  if (!versions.data?.length) return null;
  const load = (plan: Plan, from: number) => {
    onLoad(plan);
    notifyDone(t("versions.loaded", { number: from }));
  };
  return (
    <Panel title={t("versions.title")} flush>
      <ul>
        {versions.data.map((version) => (
          <li key={version.number} className="item-row">
            <span className="grow">
              <strong>{t("versions.number", { number: version.number })}</strong> {version.note}
              <span className="muted small routing-by">
                {version.published_by?.name ?? "—"} · {dayTime(version.published_at)}
              </span>
            </span>
            {version.number === number ? (
              <span className="risk-tag risk-normal">{t("versions.live")}</span>
            ) : (
              <Button size="small" onClick={() => load(version.plan, version.number)}>
                {t("versions.load")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
