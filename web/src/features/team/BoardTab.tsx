import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { BoardTable } from "./BoardTable";
import { type SilentAsk, SilentDrawer } from "./SilentDrawer";
import { COLUMNS, TEAM_URL, type Team } from "./team.logic";

/** 晨会: per person what is open, late and silent, and how alerts were answered. */
export function BoardTab() {
  const { t } = useTranslation("team");
  const format = useFormat();
  const board = api.useQuery("get", "/api/v1/w/{slug}/team-board", { params: { path: { slug: useSlug() } } });
  if (board.isError) return <ErrorState error={board.error} retry={() => void board.refetch()} />;
  if (!board.data) return <SkeletonRows />;
  if (board.data.rows.length === 0) return <EmptyState title={t("empty")} text={t("emptyText")} />;
  return (
    <>
      <p className="muted small">{t("meta", { time: format.dayTime(board.data.as_of), days: board.data.days })}</p>
      <Board team={board.data} />
      <p className="muted small team-how">{t("how")}</p>
    </>
  );
}

function Board({ team }: { team: Team }) {
  const { t } = useTranslation("team");
  const to = useTo();
  const phone = usePhone();
  const [{ sort }, change] = useUrlState(TEAM_URL);
  const [silent, setSilent] = useState<SilentAsk | null>(null);
  const onSort = (next: string) => change({ sort: next });
  return (
    <>
      {phone && (
        <NativeSelect
          aria-label={t("sort")}
          value={sort}
          options={COLUMNS.map((key) => ({
            value: `-${key}`,
            label: t(`column.${key}`, { days: team.silent_days }),
          }))}
          onChange={onSort}
        />
      )}
      <Panel flush>
        <BoardTable team={team} sort={sort} onSort={onSort} onSilent={setSilent} />
      </Panel>
      {team.unowned > 0 && (
        <p>
          <Link to={to("/alerts?chip=unassigned")}>{t("unowned", { count: team.unowned })}</Link>
        </p>
      )}
      <SilentDrawer ask={silent} days={team.silent_days} onClose={() => setSilent(null)} />
    </>
  );
}
