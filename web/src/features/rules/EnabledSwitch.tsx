import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import type { RuleOut } from "./types";
import { useRefreshRules } from "./useRefreshRules";

/** 启用 / 停用, apart from the versions. Shows the new state at once. */
export function EnabledSwitch({ rule }: { rule: Pick<RuleOut, "id" | "name" | "enabled" | "archived"> }) {
  const { t } = useTranslation("rules");
  const slug = useSlug();
  const can = useCan();
  const refresh = useRefreshRules();
  const change = api.useMutation("post", "/api/v1/w/{slug}/rules/{rule_id}/enabled", {
    onSuccess: (_rule, { body }) => {
      notifyDone(t(body.enabled ? "isEnabled" : "isDisabled", { name: rule.name }));
      return refresh();
    },
  });
  const shown = change.isPending ? change.variables.body.enabled : rule.enabled;
  return (
    <Switch
      checked={shown}
      disabled={!can("publish") || rule.archived}
      loading={change.isPending}
      aria-label={t("enable", { name: rule.name })}
      onChange={(enabled) => change.mutate({ params: { path: { slug, rule_id: rule.id } }, body: { enabled } })}
    />
  );
}
