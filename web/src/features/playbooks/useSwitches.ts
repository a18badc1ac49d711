import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import type { Playbook } from "./types";
import { useRefreshPlaybooks } from "./useRefreshPlaybooks";

/** 启用, 停用, 暂停, 继续, 终止, 归档 of one flow. */
export function useSwitches({ id }: Playbook) {
  const { t } = useTranslation("playbooks");
  const refresh = useRefreshPlaybooks();
  const params = { path: { slug: useSlug(), playbook_id: id } };
  const told = { onSettled: refresh, onSuccess: () => notifyDone(t("switch.done")) };
  const enable = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/enabled", told);
  const pause = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/pause", told);
  const resume = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/resume", told);
  const stop = api.useMutation("post", "/api/v1/w/{slug}/playbooks/{playbook_id}/stop", told);
  const archive = api.useMutation("delete", "/api/v1/w/{slug}/playbooks/{playbook_id}", told);
  return {
    busy: [enable, pause, resume, stop, archive].some(({ isPending }) => isPending),
    enable: (enabled: boolean) => enable.mutate({ params, body: { enabled } }),
    pause: () => pause.mutate({ params }),
    resume: () => resume.mutate({ params }),
    stop: () => stop.mutate({ params }),
    archive: () => archive.mutateAsync({ params }),
  };
}
