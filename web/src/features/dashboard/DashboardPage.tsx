import { keepPreviousData } from "@tanstack/react-query";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSeesCustomers, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { Checklist } from "./Checklist";
import { DistributionPanel } from "./DistributionPanel";
import { HeatMapPanel } from "./HeatMapPanel";
import { KpiCard } from "./KpiCard";
import { TopWorkPanel } from "./TopWorkPanel";
import { TrendPanel } from "./TrendPanel";
import "./dashboard.css";
import "@/shared/ui/table.css";

type Dashboard = Schemas["DashboardOut"];
const PERIODS = ["7d", "30d", "quarter"] as const;

function Filters({
  period,
  segment,
  segments,
  change,
}: {
  period: string;
  segment: string;
  segments: readonly string[];
  change: (next: { period?: string; segment?: string }) => void;
}) {
  const { t } = useTranslation("dashboard");
  const options = [
    { value: "", label: t("filter.allSegments") },
    ...segments.map((name) => ({ value: name, label: name })),
  ];
  return (
    <>
      <Segmented
        aria-label={t("filter.period")}
        value={period}
        onChange={(value) => change({ period: value })}
        options={PERIODS.map((value) => ({ value, label: t(`filter.${value}`) }))}
      />
      <NativeSelect
        aria-label={t("filter.segment")}
        value={segment}
        onChange={(value) => change({ segment: value })}
        options={options}
      />
    </>
  );
}

function Board({ data, segment }: { data: Dashboard; segment: string }) {
  return (
    <>
      <div className="kpis">
        {data.kpis.map((kpi) => (
          <KpiCard key={kpi.key} kpi={kpi} />
        ))}
      </div>
      <TrendPanel points={data.trend} />
      <DistributionPanel histogram={data.histogram} levels={data.levels} segment={segment} />
      <HeatMapPanel map={data.heat_map} />
      <TopWorkPanel alerts={data.top} stockOpen={data.stock_open} />
    </>
  );
}

function Newcomer() {
  const { t } = useTranslation("dashboard");
  const to = useTo();
  const can = useCan();
  return (
    <section className="panel whole">
      <EmptyState title={t("empty.title")} text={t("empty.text")}>
        {can("import") && (
          <Link to={to("/data/import")}>
            <Button type="primary">{t("empty.import")}</Button>
          </Link>
        )}
      </EmptyState>
    </section>
  );
}

function Loading() {
  return (
    <>
      <div className="kpis">
        <SkeletonCards cards={5} height={128} />
      </div>
      <SkeletonCards cards={4} height={330} />
    </>
  );
}

/** 预警看板 */
export function DashboardPage() {
  const { t } = useTranslation(["dashboard", "shell"]);
  const slug = useSlug();
  const sees = useSeesCustomers();
  const { dayTime, customers } = useFormat();
  const [{ period, segment }, change] = useUrlState({ period: "30d", segment: "" });
  const board = api.useQuery(
    "get",
    "/api/v1/w/{slug}/dashboard",
    { params: { path: { slug }, query: { period, segment } } },
    { enabled: sees, placeholderData: keepPreviousData },
  );
  const { data } = board;
  if (!sees) return <NoPermission />;
  return (
    <>
      <PageHeader
        title={t("shell:nav.dashboard")}
        meta={data && t("dashboard:meta", { when: dayTime(data.as_of), customers: customers(data.customers) })}
        actions={<Filters period={period} segment={segment} segments={data?.segments ?? []} change={change} />}
      />
      {data && data.stale_sources.length > 0 && (
        <p className="stale" role="status">
          {t("dashboard:stale", { sources: data.stale_sources.join(", ") })}
        </p>
      )}
      <div className="board" aria-busy={board.isFetching}>
        {data && <Checklist items={data.checklist} />}
        {data && (data.customers ? <Board data={data} segment={segment} /> : <Newcomer />)}
        {board.isPending && <Loading />}
        {board.isError && !data && (
          <section className="panel whole">
            <ErrorState error={board.error} retry={() => void board.refetch()} />
          </section>
        )}
      </div>
    </>
  );
}
