import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { LEVEL_FILL, LEVELS, type Level } from "@/shared/lib/risk";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { ScoreNote } from "@/shared/ui/Score";
import { Histogram } from "./Histogram";

type Dashboard = Schemas["DashboardOut"];

/** Customers per ten points of score, and per level; every level opens its customers. */
export function DistributionPanel({
  histogram,
  levels,
  segment,
}: Pick<Dashboard, "histogram" | "levels"> & { segment: string }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const { count } = useFormat();
  const to = useTo();
  const link = (level: Level) =>
    to(`/customers?${new URLSearchParams({ scope: "all", level, ...(segment && { segment }) })}`);
  return (
    <Panel title={t("dashboard:distribution.title")} extra={<ScoreNote />} className="distribution">
      <Histogram bins={histogram} height={180} />
      <ul className="legend">
        {LEVELS.toReversed().map((level) => (
          <li key={level}>
            <Link to={link(level)}>
              <i style={{ background: LEVEL_FILL[level] }} aria-hidden />
              {t(`common:level.${level}`)}
              <b className="num">{count(levels[level] ?? 0)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
