import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { offerUndo } from "@/shared/ui/UndoToast";
import { RouteForm } from "./RouteForm";
import {
  addRoute,
  changeRoute,
  copyRoute,
  isDefault,
  MOST_ROUTES,
  moveRoute,
  type Options,
  type Plan,
  removeRoute,
} from "./routing.logic";
import { useRouteWords } from "./useRouteWords";

export interface PlanProps {
  plan: Plan;
  options: Options;
  onChange: (plan: Plan) => void;
}

/** The table: the first row that matches holds, the last one catches the rest. */
export function RoutesPanel({ plan, options, onChange }: PlanProps) {
  const { t } = useTranslation("routing");
  const [open, setOpen] = useState<number | null>(null);
  const change = (next: Plan, row: number | null) => {
    onChange(next);
    setOpen(row);
  };
  const remove = (row: number) => {
    change(removeRoute(plan, row), null);
    offerUndo(t("row.removed"), () => onChange(plan));
  };
  return (
    <Panel
      title={t("table.title")}
      extra={
        <Button
          icon={<Icon of={PlusOutlined} />}
          disabled={plan.routes.length >= MOST_ROUTES}
          onClick={() => change(addRoute(plan), 0)}
        >
          {t("row.add")}
        </Button>
      }
      flush
    >
      <p className="muted routing-note">{t("table.text")}</p>
      <ol className="routing-rows">
        {plan.routes.map((route, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and their order is what is edited
          <li key={row} className="routing-row">
            <RouteHead
              plan={plan}
              row={row}
              options={options}
              open={open === row}
              onOpen={() => setOpen(open === row ? null : row)}
              onMove={(by) => change(moveRoute(plan, row, by), open === row ? row + by : null)}
              onCopy={() => change(copyRoute(plan, row), row)}
              onRemove={() => remove(row)}
            />
            {open === row && (
              <RouteForm
                route={route}
                last={isDefault(plan, row)}
                options={options}
                onChange={(part) => onChange(changeRoute(plan, row, part))}
              />
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

interface RouteHeadProps {
  plan: Plan;
  row: number;
  options: Options;
  open: boolean;
  onOpen: () => void;
  onMove: (by: -1 | 1) => void;
  onCopy: () => void;
  onRemove: () => void;
}

function RouteHead({ plan, row, options, open, onOpen, onMove, onCopy, onRemove }: RouteHeadProps) {
  const { t } = useTranslation(["routing", "common"]);
  const words = useRouteWords(options);
  const route = plan.routes[row];
  if (!route) return null;
  const last = isDefault(plan, row);
  const name = route.name || (last ? t("routing:row.default") : t("routing:row.numbered", { row: row + 1 }));
  const button = (label: string, icon: typeof PlusOutlined, onClick: () => void, disabled = false) => (
    <Button
      type="text"
      size="small"
      icon={<Icon of={icon} />}
      aria-label={t("routing:row.of", { action: label, name })}
      disabled={disabled}
      onClick={onClick}
    />
  );
  return (
    <div className="routing-head">
      <button type="button" className="routing-open" aria-expanded={open} onClick={onOpen}>
        <strong>
          {row + 1}. {name}
        </strong>
        <span className="small">{last ? t("routing:row.rest") : words.when(route)}</span>
        <span className="muted small">{words.does(route)}</span>
      </button>
      {!last && (
        <span className="row routing-tools">
          {button(t("routing:row.up"), ArrowUpOutlined, () => onMove(-1), row === 0)}
          {button(t("routing:row.down"), ArrowDownOutlined, () => onMove(1), row >= plan.routes.length - 2)}
          {button(t("routing:row.copy"), CopyOutlined, onCopy)}
          {button(t("common:action.delete"), DeleteOutlined, onRemove)}
        </span>
      )}
    </div>
  );
}
