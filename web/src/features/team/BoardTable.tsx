import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SortHeader } from "@/shared/list/SortHeader";
import { useFormat } from "@/shared/session/useFormat";
import { Links, SilentButton } from "./BoardLinks";
import { InTime, Precision, ResponseTime, VerdictBar } from "./HandledParts";
import type { SilentAsk } from "./SilentDrawer";
import { type Handled, type Sums, sortedRows, sumsOf, type Team, type TeamRow } from "./team.logic";
import "@/shared/ui/table.css";

export interface BoardTableProps {
  team: Team;
  sort: string;
  onSort: (sort: string) => void;
  onSilent: (ask: SilentAsk) => void;
}

/** One line a person and one for all; on a phone every line is a card. */
export function BoardTable({ team, sort, onSort, onSilent }: BoardTableProps) {
  const { t } = useTranslation("team");
  const head = { sort, onSort };
  const days = team.silent_days;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-box cards team-board" tabIndex={0} aria-label={t("tab.morning")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("column.person")}</th>
            <SortHeader {...head} column="open" label={t("column.open")} />
            <SortHeader {...head} column="overdue" label={t("column.overdue")} />
            <SortHeader {...head} column="silent" label={t("column.silent", { days })} className="team-silent" />
            <SortHeader {...head} column="median" label={t("column.median")} />
            <SortHeader {...head} column="inTime" label={t("column.inTime")} firstDescending={false} />
            <SortHeader {...head} column="escalated" label={t("column.escalated")} />
            <th scope="col">{t("column.verdicts")}</th>
            <SortHeader {...head} column="precision" label={t("column.precision")} firstDescending={false} />
          </tr>
        </thead>
        <tbody>
          {sortedRows(team.rows, sort).map((row) => (
            <Line
              key={row.person.id}
              days={days}
              sums={row}
              handled={row.handled}
              person={row.person}
              name={<Person row={row} />}
              onSilent={onSilent}
            />
          ))}
        </tbody>
        {team.rows.length > 1 && (
          <tfoot>
            <Line
              days={days}
              sums={sumsOf(team.rows)}
              handled={team.total}
              person={null}
              name={<strong>{t("total")}</strong>}
              onSilent={onSilent}
            />
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Person({ row }: { row: TeamRow }) {
  const { t } = useTranslation("team");
  const format = useFormat();
  const about = [row.person.team, t("customers", { customers: format.customers(row.customers) })];
  return (
    <div>
      <strong>{row.person.name}</strong> {row.away && <span className="tag">{t("away")}</span>}
      <div className="muted small">{about.filter(Boolean).join(" · ")}</div>
    </div>
  );
}

interface LineProps {
  sums: Sums;
  handled: Handled;
  /** Nobody: the line of all. */
  person: TeamRow["person"] | null;
  name: ReactNode;
  days: number;
  onSilent: (ask: SilentAsk) => void;
}

function Line({ sums, handled, person, name, days, onSilent }: LineProps) {
  const { t } = useTranslation("team");
  const whose = { id: person?.id ?? null, name: person?.name ?? t("total") };
  return (
    <tr>
      <th scope="row" className="team-person">
        {name}
      </th>
      <td data-title={t("column.open")}>
        <Links.Open whose={whose} open={sums.open} />
      </td>
      <td data-title={t("column.overdue")}>
        <Links.Overdue whose={whose} count={sums.overdue} />
      </td>
      <td data-title={t("column.silent", { days })}>
        <SilentButton whose={whose} count={sums.silent} days={days} onSilent={onSilent} />
      </td>
      <td data-title={t("column.median")}>
        <ResponseTime handled={handled} />
      </td>
      <td data-title={t("column.inTime")}>
        <InTime handled={handled} />
      </td>
      <td data-title={t("column.escalated")} className="num">
        {handled.escalated}
      </td>
      <td data-title={t("column.verdicts")}>
        <VerdictBar handled={handled} />
      </td>
      <td data-title={t("column.precision")}>
        <Precision handled={handled} />
      </td>
    </tr>
  );
}
