import { Button, Drawer, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { Playbook } from "../types";

export interface VersionsDrawerProps {
  playbook: Playbook;
  open: boolean;
  onClose: () => void;
  onRestored?: (playbook: Playbook) => void;
}

/** Every version: when, by whom and why; an older one can be the draft again. */
export function VersionsDrawer({ playbook, open, onClose, onRestored }: VersionsDrawerProps) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const { dayTime } = useFormat();
  const path = { slug, playbook_id: playbook.id };
  const versions = api.useQuery(
    "get",
    "/api/v1/w/{slug}/playbooks/{playbook_id}/versions",
    { params: { path } },
    { enabled: open },
  );
  const restore = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/versions/{number}/restore", {
    onSuccess: (told) => {
      onRestored?.(told);
      onClose();
    },
  });
  return (
    <Drawer open={open} onClose={onClose} title={t("versions.title")} size={420}>
      {versions.isError && <ErrorState error={versions.error} retry={() => void versions.refetch()} />}
      {versions.isPending && <SkeletonRows />}
      <ul className="flow-steps">
        {versions.data?.map(({ number, status, note, created_by, created_at }) => (
          <li key={number}>
            <div className="spread">
              <strong>{t("version", { number })}</strong>
              <span className="tag">{t(`versions.${status}`)}</span>
            </div>
            <p className="muted small">
              {created_by} {dayTime(created_at)} {note}
            </p>
            {onRestored && (status === "retired" || status === "published") && (
              <Popconfirm
                title={t("versions.ask")}
                onConfirm={() => restore.mutate({ params: { path: { ...path, number } } })}
              >
                <Button size="small" aria-label={t("versions.restoreOne", { number })}>
                  {t("versions.restore")}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
