import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { type Options, type Route, sameOptions } from "./routing.logic";

/** A row in two sentences: when it holds, and what it does. */
export function useRouteWords(options: Options) {
  const { t } = useTranslation(["routing", "common"]);
  const { list } = useFormat();
  return {
    when: (route: Route) => {
      const parts = [
        list(route.tiers.map((tier) => t(`common:tier.${tier}`))),
        list(route.levels.map((level) => t(`common:level.${level}`))),
        list(sameOptions(route.families, options.families)),
        list(sameOptions(route.signals, options.signals)),
        list(sameOptions(route.teams.map(String), options.teams)),
      ].filter(Boolean);
      return parts.length ? parts.join(" · ") : t("routing:row.unconditional");
    },
    does: (route: Route) => {
      const channels = route.channels.length
        ? list(sameOptions(route.channels, options.channels))
        : t("routing:inappOnly");
      const parts = [
        list(sameOptions(route.tell, options.tell)),
        channels,
        t(`routing:pace.${route.pace}`),
        t(`routing:hours.${route.hours}`),
        route.sla_hours === null ? "" : t("routing:slaOf", { count: route.sla_hours }),
      ];
      return parts.filter(Boolean).join(" · ");
    },
  };
}
