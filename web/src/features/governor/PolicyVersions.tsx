import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";

const ADDRESS = "/api/v1/w/{slug}/governor/policy";

/** Every published policy, each to be brought back as a new version. */
export function PolicyVersions({ current }: { current: number }) {
  const { t } = useTranslation("governor");
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const slug = useSlug();
  const versions = api.useQuery("get", `${ADDRESS}/versions`, { params: { path: { slug } } });
  const restoring = api.useMutation("post", `${ADDRESS}/versions/{number}/restore`, {
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(ADDRESS) }),
  });
  return (
    <Panel title={t("versions")}>
      {versions.data?.length === 0 && <p className="muted">{t("noVersions")}</p>}
      <ul className="profile-list">
        {versions.data?.map((version) => (
          <li key={version.number} className="spread">
            <span className="grow">
              <strong>{t("version", { number: version.number })}</strong> {version.note}
              <div className="muted small">
                {version.by?.name} {format.dayTime(version.at)} ·{" "}
                {t("changed", { fields: format.list(version.changed) })}
              </div>
            </span>
            {can("publish") && version.number !== current && (
              <Button
                size="small"
                onClick={() => restoring.mutate({ params: { path: { slug, number: version.number } } })}
              >
                {t("restore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
