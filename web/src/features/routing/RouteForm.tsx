import { Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { type Options, ROUTE_LEVELS, type Route, TIERS } from "./routing.logic";

interface RouteFormProps {
  route: Route;
  /** The last row asks for nothing. */
  last: boolean;
  options: Options;
  onChange: (change: Partial<Route>) => void;
}

interface ManyProps<V extends string> {
  label: string;
  values: readonly V[];
  options: readonly { value: V; label: string }[];
  onChange: (values: V[]) => void;
  empty: string;
}

/** Several of a list; keyboard: type, arrows, Enter, Backspace. */
export function Many<V extends string>({ label, values, options, onChange, empty }: ManyProps<V>) {
  return (
    <Field label={label}>
      {(control) => (
        <Select<V[]>
          {...control}
          mode="multiple"
          optionFilterProp="label"
          value={[...values]}
          placeholder={empty}
          options={[...options]}
          onChange={onChange}
          style={{ width: "100%" }}
        />
      )}
    </Field>
  );
}

/** One row: when it holds, who is told, by what, how fast. */
export function RouteForm({ route, last, options, onChange }: RouteFormProps) {
  const { t } = useTranslation(["routing", "common"]);
  const everything = t("routing:everything");
  return (
    <div className="routing-form">
      <Field label={t("routing:field.name")}>
        {(control) => (
          <Input
            {...control}
            maxLength={60}
            value={route.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      {!last && (
        <>
          <Many
            label={t("routing:field.tiers")}
            empty={everything}
            values={route.tiers}
            options={TIERS.map((value) => ({ value, label: t(`common:tier.${value}`) }))}
            onChange={(tiers) => onChange({ tiers })}
          />
          <Many
            label={t("routing:field.levels")}
            empty={everything}
            values={route.levels}
            options={ROUTE_LEVELS.map((value) => ({ value, label: t(`common:level.${value}`) }))}
            onChange={(levels) => onChange({ levels })}
          />
          <Many
            label={t("routing:field.families")}
            empty={everything}
            values={route.families}
            options={options.families}
            onChange={(families) => onChange({ families })}
          />
          <Many
            label={t("routing:field.signals")}
            empty={everything}
            values={route.signals}
            options={options.signals}
            onChange={(signals) => onChange({ signals })}
          />
          <Many
            label={t("routing:field.teams")}
            empty={everything}
            values={route.teams.map(String)}
            options={options.teams}
            onChange={(teams) => onChange({ teams: teams.map(Number) })}
          />
        </>
      )}
      <Many
        label={t("routing:field.tell")}
        empty={t("routing:nobody")}
        values={route.tell}
        options={options.tell}
        onChange={(tell) => onChange({ tell })}
      />
      <Many
        label={t("routing:field.channels")}
        empty={t("routing:inappOnly")}
        values={route.channels}
        options={options.channels}
        onChange={(channels) => onChange({ channels })}
      />
      <Speed route={route} onChange={onChange} />
    </div>
  );
}

function Speed({ route, onChange }: Pick<RouteFormProps, "route" | "onChange">) {
  const { t } = useTranslation("routing");
  return (
    <>
      <Field label={t("field.sla")} hint={t("field.slaHint")}>
        {(control) => (
          <InputNumber
            {...control}
            min={0}
            max={2160}
            value={route.sla_hours}
            placeholder={t("field.slaPolicy")}
            suffix={t("hoursUnit")}
            onChange={(hours) => onChange({ sla_hours: hours })}
            style={{ width: "100%" }}
          />
        )}
      </Field>
      <Field label={t("field.pace")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            className="wide"
            value={route.pace}
            options={(["now", "digest"] as const).map((value) => ({ value, label: t(`pace.${value}`) }))}
            onChange={(pace) => onChange({ pace: pace === "digest" ? "digest" : "now" })}
          />
        )}
      </Field>
      <Field label={t("field.hours")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            className="wide"
            value={route.hours}
            options={(["working", "always"] as const).map((value) => ({ value, label: t(`hours.${value}`) }))}
            onChange={(hours) => onChange({ hours: hours === "always" ? "always" : "working" })}
          />
        )}
      </Field>
    </>
  );
}
