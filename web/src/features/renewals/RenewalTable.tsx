import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { SortHeader } from "@/shared/list/SortHeader";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score } from "@/shared/ui/Score";
import { DaysLeft, Forecast } from "./RenewalParts";
import { isStatus, type Renewal, STATUSES, type Status } from "./renewals.logic";

export interface RenewalActions {
  onStatus: (row: Renewal, status: Status) => void;
  onStart: (row: Renewal) => void;
  onEdit: (row: Renewal) => void;
}

export interface RenewalTableProps extends RenewalActions {
  rows: readonly Renewal[];
  sort: string;
  onSort: (sort: string) => void;
}

export function RenewalTable({ rows, sort, onSort, ...actions }: RenewalTableProps) {
  const { t } = useTranslation(["renewals", "common"]);
  const head = { sort, onSort };
  return (
    <div className="list-box">
      <table className="list-table">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.customer")}</th>
            <SortHeader {...head} label={t("common:score.name")} column="score" />
            <th scope="col">{t("column.contract")}</th>
            <SortHeader {...head} label={t("column.amount")} column="amount" className="right" />
            <SortHeader {...head} label={t("column.ends")} column="ends_on" firstDescending={false} />
            <th scope="col">{t("column.status")}</th>
            <SortHeader {...head} label={t("column.next")} column="next_step_on" firstDescending={false} />
            <th scope="col" className="right">
              {t("column.forecast")}
            </th>
            <th scope="col">{t("column.action")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} {...actions} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, onStatus, onStart, onEdit }: RenewalActions & { row: Renewal }) {
  const { t } = useTranslation(["renewals", "common"]);
  const to = useTo();
  const can = useCan();
  const format = useFormat();
  return (
    <tr>
      <td className="renewal-name">
        <CustomerCell
          customer={row.customer}
          to={to(`/customers/${row.customer.id}`)}
          meta={row.owner?.name ?? t("common:state.unassigned")}
        />
      </td>
      <td>
        <Score score={row.score} level={row.level} />
      </td>
      <td>
        {row.contract || row.contract_key}
        <div className="muted small nowrap">
          {row.contract_key} {row.is_sample && <SampleMark />}
        </div>
      </td>
      <td className="right num">{format.money(row.amount)}</td>
      <td>
        <DaysLeft row={row} />
        <div className="muted small nowrap">{row.ends_on}</div>
      </td>
      <td>
        {can("handle") ? (
          <NativeSelect
            aria-label={t("statusOf", { name: row.customer.name })}
            value={row.status}
            options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
            onChange={(status) => isStatus(status) && onStatus(row, status)}
          />
        ) : (
          t(`status.${row.status}`)
        )}
        {row.reason && <div className="muted small">{row.reason}</div>}
      </td>
      <td className="renewal-next">
        {row.next_step || <span className="muted">{t("common:state.none")}</span>}
        {row.next_step_on && <div className="muted small">{row.next_step_on}</div>}
      </td>
      <td className="right num">
        <Forecast row={row} />
      </td>
      <td>
        {can("handle") && (
          <span className="row">
            {row.status === "not_started" && (
              <Button
                type="primary"
                size="small"
                onClick={() => onStart(row)}
                aria-label={t("startOf", { name: row.customer.name })}
              >
                {t("start")}
              </Button>
            )}
            <Button size="small" onClick={() => onEdit(row)} aria-label={t("editOf", { name: row.customer.name })}>
              {t("edit")}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}
