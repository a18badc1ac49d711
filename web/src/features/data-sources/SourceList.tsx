import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { SourceCard } from "./SourceCard";
import { SourceDrawer } from "./SourceDrawer";
import type { Source } from "./source.logic";

/** Sources with their freshness and health. */
export function SourceList() {
  const { t } = useTranslation("dataSources");
  const slug = useSlug();
  const mayEdit = useCan()("sources");
  const [edited, setEdited] = useState<Source | "new" | null>(null);
  const sources = api.useQuery(
    "get",
    "/api/v1/w/{slug}/sources",
    { params: { path: { slug } } },
    { refetchInterval: 30_000 },
  );
  const refresh = () => void sources.refetch();
  const close = () => {
    setEdited(null);
    refresh();
  };
  return (
    <Panel
      title={t("tab.sources")}
      extra={
        mayEdit && (
          <Button icon={<Icon of={PlusOutlined} />} onClick={() => setEdited("new")}>
            {t("source.add")}
          </Button>
        )
      }
      flush
    >
      {sources.isPending && <SkeletonRows rows={3} height={64} />}
      {sources.isError && <ErrorState error={sources.error} retry={refresh} />}
      {sources.data?.length === 0 && <EmptyState title={t("source.none")} text={t("source.noneText")} />}
      <ul>
        {sources.data?.map((source) => (
          <SourceCard key={source.id} source={source} onEdit={() => setEdited(source)} onChanged={refresh} />
        ))}
      </ul>
      {edited && (
        <SourceDrawer
          key={edited === "new" ? "new" : edited.id}
          source={edited === "new" ? undefined : edited}
          onClose={close}
        />
      )}
    </Panel>
  );
}
