import { Input, InputNumber, Switch } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { isLevel } from "@/shared/lib/risk";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import type { PlacedFault } from "../tree/places";
import type { Effects } from "../types";
import { TicketFields } from "./TicketFields";

export interface EffectsFormProps {
  effects: Effects;
  onChange: (effects: Effects, tag?: string) => void;
  /** False where the conditions use what is computed from the score. */
  mayAddPoints: boolean;
  faults: readonly PlacedFault[];
  /** The rule's name: the title unless another is given. */
  name: string;
}

const LEVELS = ["none", "early", "medium", "high"] as const;
const MOST_POINTS = 30;

/** 命中后: what happens to a customer who comes to match. */
export function EffectsForm({ effects, onChange, mayAddPoints, faults, name }: EffectsFormProps) {
  const { t } = useTranslation(["rules", "common"]);
  const set = (part: Partial<Effects>, tag?: string) => onChange({ ...effects, ...part }, tag);
  const faultOf = (field: keyof Effects) => faults.find((fault) => fault.field === `effects.${field}`)?.message;
  const levels = LEVELS.map((value) => ({
    value,
    label: value === "none" ? t("effects.none") : t(`common:level.${value}`),
  }));
  return (
    <Panel title={t("effects.title")}>
      <div className="effects">
        <Field label={t("effects.level")} hint={t("effects.levelHint")} error={faultOf("level")}>
          {({ status: _status, ...control }) => (
            <NativeSelect
              {...control}
              className="wide"
              value={effects.level}
              options={levels}
              onChange={(level) => set({ level: isLevel(level) && level !== "normal" ? level : "none" })}
            />
          )}
        </Field>
        <Field
          label={t("effects.points")}
          hint={mayAddPoints ? t("effects.pointsHint") : t("effects.pointsAfter")}
          error={faultOf("points")}
        >
          {(control) => (
            <InputNumber
              {...control}
              min={-MOST_POINTS}
              max={MOST_POINTS}
              precision={0}
              disabled={!mayAddPoints && effects.points === 0}
              value={effects.points}
              suffix={t("unit.points")}
              onChange={(points) => set({ points: points ?? 0 }, "effects.points")}
            />
          )}
        </Field>
        <Toggle label={t("effects.workItem")} value={effects.work_item} onChange={(work_item) => set({ work_item })} />
        <Toggle label={t("effects.notify")} value={effects.notify} onChange={(notify) => set({ notify })} />
        <TicketFields value={effects} onChange={set} fault={faultOf("ticket") ?? faultOf("ticket_team")} />
        {(effects.work_item || effects.notify || effects.ticket !== "") && (
          <Field label={t("effects.taskTitle")} hint={t("effects.titleHint")} error={faultOf("title")}>
            {(control) => (
              <Input
                {...control}
                maxLength={160}
                placeholder={name}
                value={effects.title}
                onChange={(event) => set({ title: event.target.value }, "effects.title")}
              />
            )}
          </Field>
        )}
      </div>
    </Panel>
  );
}

function Toggle({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  const id = useId();
  return (
    <div className="row">
      <Switch id={id} checked={value} onChange={onChange} aria-label={label} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
