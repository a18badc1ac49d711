import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { isLevel, LEVEL_FILL } from "@/shared/lib/risk";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { SortHeader } from "@/shared/list/SortHeader";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { Score } from "@/shared/ui/Score";
import { Spark } from "@/shared/ui/Spark";
import { AlertDue, AlertTags } from "./AlertDue";
import type { AlertRow } from "./alerts.logic";

export interface AlertTableProps {
  rows: readonly AlertRow[];
  selected: ReadonlySet<number>;
  onSelect: (ids: ReadonlySet<number>) => void;
  selectable: boolean;
  sort: string;
  onSort: (sort: string) => void;
  openId: number | null;
}

export function AlertTable({ rows, selected, onSelect, selectable, sort, onSort, openId }: AlertTableProps) {
  const { t } = useTranslation(["alerts", "common"]);
  const all = rows.length > 0 && rows.every(({ id }) => selected.has(id));
  const some = rows.some(({ id }) => selected.has(id));
  const head = { sort, onSort };
  return (
    <div className="list-box">
      <table className="list-table alert-table">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            {selectable && (
              <th scope="col" className="check">
                <input
                  type="checkbox"
                  aria-label={t("table.selectAll")}
                  checked={all}
                  ref={(box) => {
                    if (box) box.indeterminate = some && !all;
                  }}
                  onChange={() => onSelect(all ? new Set() : new Set(rows.map(({ id }) => id)))}
                />
              </th>
            )}
            <th scope="col">{t("table.customer")}</th>
            <SortHeader {...head} label={t("common:score.name")} column="score" />
            <th scope="col">{t("table.reason")}</th>
            <SortHeader {...head} label={t("table.annual")} column="annual_value" className="right" />
            <SortHeader {...head} label={t("table.loss")} column="expected_loss" className="right" />
            <SortHeader {...head} label={t("table.due")} column="due_at" firstDescending={false} />
            <th scope="col">{t("table.owner")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              selected={selected}
              onSelect={onSelect}
              selectable={selectable}
              open={row.id === openId}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Pick<AlertTableProps, "selected" | "onSelect" | "selectable"> & { row: AlertRow; open: boolean };

function Row({ row, selected, onSelect, selectable, open }: RowProps) {
  const { t } = useTranslation(["alerts", "common"]);
  const format = useFormat();
  const link = useTo()(`/alerts/${row.id}`) + useLocation().search;
  const navigate = useNavigate();
  const toggle = () => {
    const next = new Set(selected);
    if (!next.delete(row.id)) next.add(row.id);
    onSelect(next);
  };
  const level = isLevel(row.level) ? row.level : "normal";
  return (
    <tr
      className={open || selected.has(row.id) ? "selected" : ""}
      onClick={(event) => !isControl(event.target) && navigate(link)}
    >
      {selectable && (
        <td className="check">
          <input
            type="checkbox"
            aria-label={t("table.select", { name: row.customer.name })}
            checked={selected.has(row.id)}
            onChange={toggle}
          />
        </td>
      )}
      <td className="alert-name">
        <CustomerCell customer={row.customer} to={link} meta={t(`common:tier.${row.tier}`)} />
      </td>
      <td>
        <span className="score-cell">
          <Score score={row.score} level={level} adjusted={row.is_adjusted} />
          <Spark values={row.history} color={LEVEL_FILL[level]} />
          <span className="small">
            <Delta value={row.delta_7d} />
          </span>
        </span>
      </td>
      <td className="alert-reason">
        <div className="two-lines">{row.top_reason}</div>
        <div className="row wrap">
          <AlertTags alert={row} />
        </div>
      </td>
      <td className="right num">{format.money(row.annual_value)}</td>
      <td className="right num">{format.money(row.expected_loss)}</td>
      <td className="nowrap">
        <AlertDue alert={row} />
      </td>
      <td className="nowrap">{row.owner?.name ?? <span className="muted">{t("common:state.unassigned")}</span>}</td>
    </tr>
  );
}

/** The name is the link for the keyboard; the whole row is a larger target for the mouse. A click on a link or a checkbox means that, not the row. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, .check") !== null;
}
