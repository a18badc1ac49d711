import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Choices } from "@/shared/list/Choices";
import { TagChip } from "@/shared/list/TagChip";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { COLOURS, type Draft, KINDS, WEIGHT, weightText } from "./segments.logic";

export interface BasicsFormProps {
  draft: Draft;
  strict: boolean;
  builtIn: boolean;
  onChange: (part: Partial<Draft>) => void;
}

const SOURCES = ["rule", "hand"] as const;

/** Everything of a tag but its rule. */
export function BasicsForm({ draft, strict, builtIn, onChange }: BasicsFormProps) {
  const { t } = useTranslation("segments");
  const predictive = draft.kind === "predictive";
  return (
    <Panel>
      <div className="stack">
        <Field label={t("form.name")} error={strict && !draft.name.trim() ? t("form.nameMissing") : undefined}>
          {(control) => (
            <Input
              {...control}
              maxLength={40}
              value={draft.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("form.about")}>
          {({ status: _status, ...control }) => (
            <Input
              {...control}
              maxLength={200}
              value={draft.about}
              onChange={(event) => onChange({ about: event.target.value })}
            />
          )}
        </Field>
        {!builtIn && (
          <Choices
            label={t("kind.label")}
            value={draft.kind}
            items={KINDS.map((key) => ({ key, label: t(`kind.${key}`) }))}
            onChange={(kind) => onChange({ kind })}
          />
        )}
        <p className="muted small">{t(`kindText.${draft.kind}`)}</p>
        {!predictive && (
          <Choices
            label={t("form.members")}
            value={draft.byRule ? "rule" : "hand"}
            items={SOURCES.map((key) => ({ key, label: t(`form.by.${key}`) }))}
            onChange={(source) => onChange({ byRule: source === "rule" })}
          />
        )}
        <Weight draft={draft} onChange={onChange} />
        <Field label={t("form.colour")}>
          {({ status: _status, ...control }) => (
            <span className="row">
              <NativeSelect
                {...control}
                value={draft.colour}
                options={COLOURS.map((value) => ({ value, label: t(`colour.${value}`) }))}
                onChange={(text) => onChange({ colour: COLOURS.find((colour) => colour === text) ?? "blue" })}
              />
              <TagChip tag={{ code: "", name: draft.name || t("form.example"), colour: draft.colour }} />
            </span>
          )}
        </Field>
      </div>
    </Panel>
  );
}

function Weight({ draft, onChange }: Pick<BasicsFormProps, "draft" | "onChange">) {
  const { t } = useTranslation("segments");
  if (draft.kind === "predictive") return <p className="muted small">{t("form.predictiveWeight")}</p>;
  return (
    <Field label={t("form.weight", { points: weightText(draft.weight) })} hint={t("form.weightHint")}>
      {({ status: _status, ...control }) => (
        <input
          {...control}
          type="range"
          min={-WEIGHT}
          max={WEIGHT}
          step={1}
          value={draft.weight}
          aria-valuetext={t("weighs", { points: weightText(draft.weight) })}
          onChange={(event) => onChange({ weight: Number(event.target.value) })}
        />
      )}
    </Field>
  );
}
