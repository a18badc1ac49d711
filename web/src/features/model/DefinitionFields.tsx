import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { type Definition, fieldsOf, KINDS, type LabelKind, readsKinds } from "./model.logic";

interface Known {
  kind: string;
  label: string;
}

interface Props {
  definition: Definition;
  kinds: readonly Known[];
  onChange: (definition: Definition) => void;
}

/** The fields that the chosen kind of loss reads. */
export function DefinitionFields({ definition, kinds, onChange }: Props) {
  const { t } = useTranslation("model");
  const set = (part: Partial<Definition>) => onChange({ ...definition, ...part });
  return (
    <>
      <Field label={t("definition.kind")} hint={t(`definition.hint.${definition.kind}`)}>
        {({ id, "aria-describedby": described }) => (
          <NativeSelect
            id={id}
            aria-describedby={described}
            value={definition.kind}
            options={KINDS.map((value) => ({ value, label: t(`definition.kinds.${value}`) }))}
            onChange={(kind) => set({ kind: kind as LabelKind })}
          />
        )}
      </Field>
      {readsKinds(definition.kind) && (
        <KindChoice chosen={definition.kinds} known={kinds} onChange={(next) => set({ kinds: next })} />
      )}
      {fieldsOf(definition.kind).map((name) => (
        <Field key={name} label={t(`definition.${name}`)} inline>
          {({ id }) => (
            <Input
              id={id}
              type="number"
              min={1}
              value={name === "drop" ? Math.round(definition.drop * 100) : definition[name]}
              suffix={t(name === "drop" ? "definition.percent" : "definition.days")}
              onChange={({ target }) =>
                set({ [name]: name === "drop" ? Number(target.value) / 100 : Number(target.value) })
              }
            />
          )}
        </Field>
      ))}
    </>
  );
}

interface ChoiceProps {
  chosen: readonly string[];
  known: readonly Known[];
  onChange: (kinds: string[]) => void;
}

function KindChoice({ chosen, known, onChange }: ChoiceProps) {
  const { t } = useTranslation("model");
  const [first] = useState(() => new Set(chosen));
  const gone = chosen.filter((kind) => !known.some((one) => one.kind === kind));
  const all = [...known, ...gone.map((kind) => ({ kind, label: kind }))].sort(
    (one, other) => Number(first.has(other.kind)) - Number(first.has(one.kind)) || one.label.localeCompare(other.label),
  );
  const toggle = (kind: string) =>
    onChange(chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind]);
  return (
    <fieldset className="kind-choice">
      <legend>{t("definition.which")}</legend>
      {all.map(({ kind, label }) => (
        <label key={kind}>
          <input type="checkbox" checked={chosen.includes(kind)} onChange={() => toggle(kind)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
