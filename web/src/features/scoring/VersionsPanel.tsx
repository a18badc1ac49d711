import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";

/** Every version that was live, with its note; an older one can be made the draft. */
export function VersionsPanel({ mayEdit, onRestored }: { mayEdit: boolean; onRestored: () => void }) {
  const { t } = useTranslation("scoring");
  const slug = useSlug();
  const { dayTime } = useFormat();
  const versions = api.useQuery("get", "/api/v1/w/{slug}/scoring/versions", { params: { path: { slug } } });
  const restore = api.useMutation("post", "/api/v1/w/{slug}/scoring/versions/{version}/restore", {
    onSuccess: onRestored,
  });
  return (
    <Panel title={t("version.title")} flush>
      {versions.isError && <ErrorState error={versions.error} retry={() => void versions.refetch()} />}
      <ul>
        {versions.data
          ?.filter(({ status }) => status !== "draft")
          .map(({ version, status, note, created_by, published_at }) => (
            <li key={version} className="version">
              <div className="grow">
                <strong>{t("version.name", { version })}</strong>{" "}
                {status === "published" && <span className="risk-tag risk-normal">{t("version.live")}</span>}
                <div className="muted small">
                  {[note, created_by, published_at && dayTime(published_at)].filter(Boolean).join(" · ")}
                </div>
              </div>
              {mayEdit && status === "retired" && (
                <Popconfirm
                  title={t("version.ask", { version })}
                  onConfirm={() => restore.mutate({ params: { path: { slug, version } } })}
                >
                  <Button size="small">{t("version.restore")}</Button>
                </Popconfirm>
              )}
            </li>
          ))}
      </ul>
    </Panel>
  );
}
