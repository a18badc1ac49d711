import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { cellAt, greatest, type HeatCell, type HeatMap, shade, textOn } from "./heat.logic";

const FAMILIES = ["interaction", "consumption", "service", "key_action", "intent", "payment"] as const;
type Family = (typeof FAMILIES)[number];
const isFamily = (text: string): text is Family => (FAMILIES as readonly string[]).includes(text);

function Cell({ cell, top, name }: { cell: HeatCell | undefined; top: number; name: string }) {
  const { t } = useTranslation("dashboard");
  const { percent } = useFormat();
  const to = useTo();
  if (!cell?.of) return <td className="heat-none">—</td>;
  const query = new URLSearchParams({
    scope: "all",
    level: "early,medium,high",
    family: cell.family,
    segment: cell.segment,
  });
  const facts = t("heat.cell", {
    name,
    segment: cell.segment,
    count: cell.count,
    of: cell.of,
    share: percent(cell.share, 0),
  });
  return (
    <td>
      <Link
        to={to(`/customers?${query}`)}
        aria-label={facts}
        title={facts}
        style={{ background: shade(cell.share, top), color: textOn(cell.share, top) }}
      >
        {Math.round(cell.share * 100)}
      </Link>
    </td>
  );
}

/** Causes × segments as a real table: readable by screen readers, every cell opens its customers. */
export function HeatMapPanel({ map }: { map: HeatMap }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const nameOf = (family: string) => (isFamily(family) ? t(`common:family.${family}`) : family);
  const top = greatest(map);
  return (
    <Panel
      title={t("dashboard:heat.title")}
      extra={<span className="muted small">{t("dashboard:heat.basis")}</span>}
      className="heat"
    >
      {top === 0 ? (
        <EmptyState title={t("dashboard:heat.none")} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="table-box" tabIndex={0} aria-label={t("dashboard:heat.title")}>
          <table className="heat-table">
            <thead>
              <tr>
                <td />
                {map.segments.map((segment) => (
                  <th key={segment} scope="col" title={segment}>
                    {segment}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {map.families.map((family) => (
                <tr key={family}>
                  <th scope="row">{nameOf(family)}</th>
                  {map.segments.map((segment) => (
                    <Cell key={segment} cell={cellAt(map, family, segment)} top={top} name={nameOf(family)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className="heat-scale small muted" aria-hidden>
        {t("dashboard:heat.low")} <i /> {t("dashboard:heat.high")}
      </div>
    </Panel>
  );
}
