import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { capTyped, type Policy, PURPOSES, shownHours, withHours } from "./policy.logic";
import "./governor.css";

const HOLIDAY = ["send", "defer", "refuse"] as const;

interface Props {
  policy: Policy;
  onChange: (policy: Policy) => void;
}

/** When messages may leave, by weekday and purpose, and what becomes of marketing on holidays. */
export function HoursFields({ policy, onChange }: Props) {
  const { t } = useTranslation(["governor", "messages"]);
  const closed = t("governor:hours.closed");
  const days = t("governor:hours.days", { returnObjects: true }) as string[];
  return (
    <Panel title={t("governor:hours.title")}>
      <div className="form">
        <p className="muted small">{t("governor:hours.hint")}</p>
        {PURPOSES.map((purpose) => (
          <section key={purpose} className="hours">
            <strong>{t(`messages:purpose.${purpose}`)}</strong>
            <div className="hours-grid">
              {(policy.hours[purpose] ?? []).map((hours, day) => (
                <label key={days[day]} className="small">
                  {days[day]}
                  <Input
                    aria-label={`${t(`messages:purpose.${purpose}`)} ${days[day]}`}
                    value={shownHours(hours, closed)}
                    maxLength={11}
                    onChange={(event) => onChange(withHours(policy, purpose, day, event.target.value, closed))}
                  />
                </label>
              ))}
            </div>
          </section>
        ))}
        <Field label={t("governor:holiday.label")}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={policy.holiday}
              options={HOLIDAY.map((value) => ({ value, label: t(`governor:holiday.${value}`) }))}
              onChange={(value) => onChange({ ...policy, holiday: HOLIDAY.find((each) => each === value) ?? "defer" })}
            />
          )}
        </Field>
        <Field label={t("governor:deferDays")} hint={t("governor:deferDaysHint")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={policy.defer_days}
              onChange={(event) =>
                onChange({ ...policy, defer_days: capTyped(event.target.value, policy.defer_days) ?? 0 })
              }
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
