import { useTranslation } from "react-i18next";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { Score } from "@/shared/ui/Score";
import { type SimpleColumn, SimpleTable } from "@/shared/ui/SimpleTable";
import type { Leaver } from "./reports.logic";

/** Who is most likely to leave, and what is known of them; on a phone every customer is a card. */
export function LeaversPanel({ leavers }: { leavers: readonly Leaver[] }) {
  const { t } = useTranslation("reports");
  const columns = useColumns();
  return (
    <Panel title={t("leavers")} extra={<span className="muted small">{t("leaversNote")}</span>} flush>
      {leavers.length === 0 ? (
        <EmptyState title={t("noLeavers")} />
      ) : (
        <SimpleTable columns={columns} rows={leavers} rowKey={(row) => row.customer.id} label={t("leavers")} />
      )}
    </Panel>
  );
}

function useColumns(): SimpleColumn<Leaver>[] {
  const { t } = useTranslation(["reports", "common"]);
  const to = useTo();
  const { money } = useFormat();
  return [
    {
      key: "customer",
      title: t("reports:column.customer"),
      render: (row) => (
        <CustomerCell
          customer={row.customer}
          to={to(`/customers/${row.customer.id}`)}
          meta={t(`common:tier.${row.tier}`)}
          avatar={false}
        />
      ),
    },
    {
      key: "owner",
      title: t("reports:column.owner"),
      render: (row) => <span className="nowrap">{row.owner?.name ?? t("common:state.unassigned")}</span>,
    },
    {
      key: "score",
      title: t("common:score.name"),
      render: (row) => <Score score={row.score} level={row.level} />,
    },
    {
      key: "change",
      title: t("reports:column.change"),
      render: (row) => (row.change === null ? t("common:state.unknown") : <Delta value={row.change} />),
    },
    {
      key: "value",
      title: t("reports:column.annualValue"),
      end: true,
      render: (row) => <span className="num">{money(row.annual_value)}</span>,
    },
    {
      key: "loss",
      title: t("reports:column.loss"),
      end: true,
      render: (row) => <span className="num">{money(row.expected_loss)}</span>,
    },
    { key: "reason", title: t("reports:column.reason"), render: (row) => row.reason },
    {
      key: "contact",
      title: t("reports:column.lastContact"),
      render: (row) => <span className="nowrap">{row.last_contact ?? t("reports:noContact")}</span>,
    },
  ];
}
