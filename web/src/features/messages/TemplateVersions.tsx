import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import type { Template } from "./messages.logic";

/** Every saved version, each to be brought back as a new one; the shipped text too. */
export function TemplateVersions({ template, onRestored }: { template: Template; onRestored: () => void }) {
  const { t } = useTranslation("messages");
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const path = { slug: useSlug(), code: template.code };
  const versions = api.useQuery("get", "/api/v1/w/{slug}/message-templates/{code}/versions", { params: { path } });
  const restoring = api.useMutation("post", "/api/v1/w/{slug}/message-templates/{code}/versions/{number}/restore", {
    onSuccess: () => {
      notifyDone(t("versions.restored"));
      onRestored();
      return client.invalidateQueries();
    },
  });
  const restore = (number: number) => restoring.mutate({ params: { path: { ...path, number } } });
  return (
    <Panel title={t("versions.title")}>
      {versions.data?.length === 0 && <p className="muted">{t("versions.none")}</p>}
      <ul className="profile-list">
        {versions.data?.map((version) => (
          <li key={version.number} className="spread">
            <span className="grow">
              {t("version", { number: version.number })} {version.note}
              <span className="muted small">
                {" "}
                {version.by?.name} {format.dayTime(version.at)}
              </span>
            </span>
            {can("publish") && version.number !== template.number && (
              <Button size="small" onClick={() => restore(version.number)}>
                {t("versions.restore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {can("publish") && template.shipped && template.number > 0 && (
        <Button size="small" onClick={() => restore(0)}>
          {t("versions.shipped")}
        </Button>
      )}
    </Panel>
  );
}
