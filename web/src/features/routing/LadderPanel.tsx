import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { Many } from "./RouteForm";
import type { PlanProps } from "./RoutesPanel";
import { changeSteps, type LadderStep, MOST_STEPS, ROUTE_LEVELS } from "./routing.logic";

/** 超时升级, working hours and the supervisors' digest. */
export function LadderPanel({ plan, options, onChange }: PlanProps) {
  const { t } = useTranslation(["routing", "common"]);
  const { ladder, hours } = plan;
  const clock = (name: "starts" | "ends") => (
    <Field inline label={t(`routing:work.${name}`)}>
      {(control) => (
        <Input
          {...control}
          type="time"
          value={hours[name]}
          onChange={(event) => onChange({ ...plan, hours: { ...hours, [name]: event.target.value } })}
          style={{ width: 140 }}
        />
      )}
    </Field>
  );
  return (
    <>
      <Panel
        title={t("routing:ladder.title")}
        extra={
          <Switch
            aria-label={t("routing:ladder.title")}
            checked={ladder.enabled}
            onChange={(enabled) => onChange({ ...plan, ladder: { ...ladder, enabled } })}
            checkedChildren={t("common:action.enable")}
            unCheckedChildren={t("common:action.disable")}
          />
        }
      >
        <div className="form">
          <p className="muted">{t("routing:ladder.text")}</p>
          <Many
            label={t("routing:field.levels")}
            empty={t("routing:nobody")}
            values={ladder.levels}
            options={ROUTE_LEVELS.map((value) => ({ value, label: t(`common:level.${value}`) }))}
            onChange={(levels) => onChange({ ...plan, ladder: { ...ladder, levels } })}
          />
          <Steps steps={ladder.steps} options={options} onChange={(steps) => onChange(changeSteps(plan, steps))} />
        </div>
      </Panel>
      <Panel title={t("routing:work.title")}>
        <div className="form narrow">
          <p className="muted">{t("routing:work.text")}</p>
          {clock("starts")}
          {clock("ends")}
          <Field inline label={t("routing:teamDigest.label")} hint={t("routing:teamDigest.hint")}>
            {({ id }) => (
              <Switch
                id={id}
                checked={plan.team_digest}
                onChange={(team_digest) => onChange({ ...plan, team_digest })}
                checkedChildren={t("common:action.enable")}
                unCheckedChildren={t("common:action.disable")}
              />
            )}
          </Field>
        </div>
      </Panel>
    </>
  );
}

function Steps({
  steps,
  options,
  onChange,
}: {
  steps: readonly LadderStep[];
  options: PlanProps["options"];
  onChange: (steps: LadderStep[]) => void;
}) {
  const { t } = useTranslation(["routing", "common"]);
  const change = (place: number, part: Partial<LadderStep>) =>
    onChange(steps.map((step, at) => (at === place ? { ...step, ...part } : step)));
  return (
    <>
      <ol className="routing-steps">
        {steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name of their own
          <li key={place} className="routing-step">
            <Field label={t(place ? "routing:ladder.after" : "routing:ladder.first", { step: place + 1 })}>
              {(control) => (
                <InputNumber
                  {...control}
                  min={0}
                  max={720}
                  value={step.hours}
                  suffix={t("routing:hoursUnit")}
                  onChange={(hours) => hours !== null && change(place, { hours })}
                  style={{ width: 130 }}
                />
              )}
            </Field>
            <div className="grow">
              <Many
                label={t("routing:ladder.tell", { step: place + 1 })}
                empty={t("routing:nobody")}
                values={step.tell}
                options={options.tell}
                onChange={(tell) => change(place, { tell })}
              />
            </div>
            <Button
              type="text"
              icon={<Icon of={DeleteOutlined} />}
              aria-label={t("routing:ladder.remove", { step: place + 1 })}
              onClick={() => onChange(steps.toSpliced(place, 1))}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button
          icon={<Icon of={PlusOutlined} />}
          disabled={steps.length >= MOST_STEPS}
          onClick={() => onChange([...steps, { hours: 24, tell: ["supervisors"] }])}
        >
          {t("routing:ladder.add")}
        </Button>
      </div>
    </>
  );
}
