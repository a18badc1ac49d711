import { Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { EXITS, type FlowSpec, GOALS, REENTRIES } from "../flow/spec";
import { useBuilder } from "./BuilderContext";
import { RuleInput } from "./RuleInput";

/** What holds for the whole flow: who may enter, again, held out, the goal, exits, budget. */
export function SettingsForm() {
  const { t } = useTranslation("playbooks");
  const { about, describe, spec, change, problems } = useBuilder();
  const put = <K extends keyof FlowSpec>(name: K, value: FlowSpec[K]) =>
    change((now) => ({ ...now, [name]: value }), `set.${name}`);
  const wrong = (field: string) => problems.find((one) => one.node === "" && one.field.startsWith(field))?.message;
  return (
    <div className="stack">
      <h2>{t("set.title")}</h2>
      <Field label={t("set.about")}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2 }}
            maxLength={500}
            value={about}
            onChange={(event) => describe(event.target.value)}
          />
        )}
      </Field>
      {(["when", "exclude"] as const).map((part) => (
        <Field key={part} label={t(`set.${part}`)} error={wrong(`audience.${part}`)}>
          {({ id }) => (
            <RuleInput
              id={id}
              label={t(`set.${part}`)}
              value={spec.audience[part]}
              onChange={(rule) => put("audience", { ...spec.audience, [part]: rule })}
            />
          )}
        </Field>
      ))}
      <Field label={t("set.reentry")}>
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            value={spec.reentry.mode}
            options={REENTRIES.map((value) => ({ value, label: t(`set.reentries.${value}`) }))}
            onChange={(mode) =>
              put("reentry", { ...spec.reentry, mode: REENTRIES.find((one) => one === mode) ?? "never" })
            }
          />
        )}
      </Field>
      {spec.reentry.mode === "after" && (
        <Field label={t("set.reentryDays")} error={wrong("reentry.days")}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={3650}
              value={spec.reentry.days}
              onChange={(days) => days !== null && put("reentry", { ...spec.reentry, days })}
            />
          )}
        </Field>
      )}
      <GoalFields />
      <fieldset className="choices">
        <legend>{t("set.exits")}</legend>
        {EXITS.map((exit) => (
          <label key={exit} className="filter-option">
            <input
              type="checkbox"
              checked={spec.exits.includes(exit)}
              onChange={(event) =>
                put("exits", event.target.checked ? [...spec.exits, exit] : spec.exits.filter((one) => one !== exit))
              }
            />
            <span>{t(`set.exit.${exit}`)}</span>
          </label>
        ))}
      </fieldset>
      {(["per_head", "total"] as const).map((part) => (
        <Field key={part} label={t(`set.${part}`)} error={wrong(`budget.${part}`)}>
          {(control) => (
            <InputNumber
              {...control}
              min={0}
              value={spec.budget[part]}
              onChange={(amount) => put("budget", { ...spec.budget, [part]: amount })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function GoalFields() {
  const { t } = useTranslation("playbooks");
  const { book, spec, change, problems } = useBuilder();
  const { goal } = spec;
  const put = (part: Partial<NonNullable<FlowSpec["goal"]>>) =>
    change(
      (now) => ({ ...now, goal: { kind: "order", value: null, within_days: 30, ...now.goal, ...part } }),
      "set.goal",
    );
  const wrong = (field: string) => problems.find((one) => one.field === field)?.message;
  return (
    <>
      <Field label={t("set.goal")} error={wrong("goal.kind")}>
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            value={goal?.kind ?? ""}
            options={[
              { value: "", label: t("set.noGoal") },
              ...GOALS.map((value) => ({ value, label: t(`set.goals.${value}`) })),
            ]}
            onChange={(next) => {
              const kind = GOALS.find((one) => one === next);
              if (!kind) return change((now) => ({ ...now, goal: null }));
              put({ kind, value: kind === "score_below" ? 50 : null });
            }}
          />
        )}
      </Field>
      {goal?.kind === "score_below" && (
        <Field label={t("set.goalScore")} error={wrong("goal.value")}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={100}
              value={typeof goal.value === "number" ? goal.value : null}
              onChange={(value) => put({ value })}
            />
          )}
        </Field>
      )}
      {goal?.kind === "activity" && (
        <Field label={t("set.goalActivity")} error={wrong("goal.value")}>
          {({ status: _status, ...control }) => (
            <NativeSelect
              {...control}
              value={typeof goal.value === "string" ? goal.value : ""}
              options={[{ value: "", label: t("build.choose") }, ...(book.kinds.choices.kinds ?? [])]}
              onChange={(value) => put({ value })}
            />
          )}
        </Field>
      )}
      {goal && (
        <Field label={t("set.within")} error={wrong("goal.within_days")}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={365}
              value={goal.within_days}
              onChange={(days) => days !== null && put({ within_days: days })}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** The hold-out's share stands in the bar, where nobody overlooks it; without one a reason is due. */
export function HoldoutFields() {
  const { t } = useTranslation("playbooks");
  const { spec, change, problems } = useBuilder();
  const { holdout } = spec;
  const put = (part: Partial<FlowSpec["holdout"]>) =>
    change((now) => ({ ...now, holdout: { ...now.holdout, ...part } }), "set.holdout");
  const wrong = problems.find(({ field }) => field.startsWith("holdout"))?.message;
  return (
    <span className="row wrap">
      <span>{t("set.holdout")}</span>
      <InputNumber
        aria-label={t("set.holdout")}
        min={0}
        max={50}
        suffix="%"
        value={Math.round(holdout.share * 100)}
        onChange={(share) => put({ share: (share ?? 0) / 100 })}
      />
      {holdout.share === 0 && (
        <Input
          aria-label={t("set.whyNone")}
          placeholder={t("set.whyNone")}
          status={wrong ? "error" : ""}
          maxLength={200}
          value={holdout.why_none}
          onChange={(event) => put({ why_none: event.target.value })}
        />
      )}
    </span>
  );
}
