import { Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { MOST_WEIGHT } from "./DimensionHead";
import { byFamily, type ScoreConfig, type Signal } from "./scoring.logic";
import { kindOf, type Season, type SeasonKind, withFactor, withKind } from "./seasons.logic";

const KINDS = ["yearly", "dates", "period"] as const;

export interface SeasonEditorProps {
  season: Season;
  config: ScoreConfig;
  signals: readonly Signal[];
  disabled: boolean;
  onChange: (season: Season, tag: string) => void;
}

/** One season: its days, and by how much each dimension counts on them. */
export function SeasonEditor({ season, config, signals, disabled, onChange }: SeasonEditorProps) {
  const { t } = useTranslation(["scoring", "common"]);
  const { now } = useFormat();
  const slug = useSlug();
  const kind = kindOf(season);
  const calendar = api.useQuery("get", "/api/v1/w/{slug}/calendar", { params: { path: { slug } } });
  const names = [...new Set((calendar.data?.periods ?? []).filter(({ removed }) => !removed).map(({ name }) => name))];
  const known = season.period && !names.includes(season.period) ? [season.period, ...names] : names;
  const year = new Date(now).getUTCFullYear();
  const day = (name: "from" | "to") => (
    <Field label={t(`scoring:season.${name}`)} hint={kind === "yearly" ? t("scoring:season.yearlyHint") : undefined}>
      {(control) => (
        <Input
          {...control}
          type={kind === "dates" ? "date" : "text"}
          value={season[name]}
          disabled={disabled}
          onChange={(event) => onChange({ ...season, [name]: event.target.value }, name)}
        />
      )}
    </Field>
  );
  return (
    <Panel title={season.name}>
      <div className="form">
        <Field label={t("scoring:profile.name")}>
          {(control) => (
            <Input
              {...control}
              maxLength={40}
              value={season.name}
              disabled={disabled}
              onChange={(event) => onChange({ ...season, name: event.target.value }, "name")}
            />
          )}
        </Field>
        <Field label={t("scoring:season.when")}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={kind}
              disabled={disabled}
              options={KINDS.map((value) => ({ value, label: t(`scoring:season.kind.${value}`) }))}
              onChange={(value) => onChange(withKind(season, value as SeasonKind, year, known[0] ?? ""), "")}
            />
          )}
        </Field>
        {kind === "period" ? (
          <Field label={t("scoring:season.period")}>
            {({ id }) => (
              <NativeSelect
                id={id}
                value={season.period}
                disabled={disabled}
                options={known.map((name) => ({ value: name, label: name }))}
                onChange={(period) => onChange({ ...season, period }, "")}
              />
            )}
          </Field>
        ) : (
          <>
            {day("from")}
            {day("to")}
          </>
        )}
      </div>
      <fieldset className="plain-fieldset">
        <legend className="muted small">{t("scoring:season.factors")}</legend>
        <div className="factor-grid">
          {byFamily(signals).map(({ family }) => (
            <label key={family}>
              <span>{config.dimensions[family]?.name || t(`common:family.${family as "intent"}`)}</span>
              <InputNumber
                size="small"
                prefix="×"
                min={0}
                max={MOST_WEIGHT}
                step={0.1}
                value={season.multipliers[family] ?? 1}
                disabled={disabled}
                onChange={(factor) => onChange(withFactor(season, family, factor ?? 1), `factor.${family}`)}
              />
            </label>
          ))}
        </div>
      </fieldset>
    </Panel>
  );
}
