import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { usePhone } from "@/shared/lib/useMedia";
import { useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { notifyDone } from "@/shared/ui/notify";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { draftOf } from "../draft.logic";
import { useRefreshRules } from "../useRefreshRules";
import { VersionItem } from "./VersionItem";
import type { VersionsDrawerProps } from "./VersionsDrawer";
import "./versions.css";

export function VersionsPanel({ rule, open, onClose, onRestored }: VersionsDrawerProps) {
  const { t } = useTranslation("rules");
  const phone = usePhone();
  const path = { slug: useSlug(), rule_id: rule.id };
  const refresh = useRefreshRules();
  const versions = api.useQuery("get", "/api/v1/w/{slug}/rules/{rule_id}/versions", { params: { path } });
  const restore = api.useMutation("post", "/api/v1/w/{slug}/rules/{rule_id}/versions/{version}/restore");
  const restoreNow = (version: number) =>
    restore.mutate(
      { params: { path: { ...path, version } } },
      {
        onSuccess: (restored) => {
          onRestored?.(draftOf(restored));
          notifyDone(t("version.restored", { version }));
          onClose();
          void refresh();
        },
      },
    );
  const items = [...(versions.data ?? [])].sort((a, b) => b.version - a.version);
  return (
    <Drawer open={open} onClose={onClose} title={t("version.title")} size={phone ? "100%" : 520}>
      {versions.isError && <ErrorState error={versions.error} retry={() => void versions.refetch()} />}
      {versions.isPending && <SkeletonRows />}
      {versions.data && items.length === 0 && <EmptyState title={t("version.none")} />}
      <ul className="versions">
        {items.map((item, index) => (
          <VersionItem
            key={item.version}
            item={item}
            before={items[index + 1] ?? null}
            isLive={item.version === rule.live?.version}
            onRestore={onRestored && item.status !== "draft" ? () => restoreNow(item.version) : undefined}
          />
        ))}
      </ul>
    </Drawer>
  );
}
