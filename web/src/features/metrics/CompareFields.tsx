import { useTranslation } from "react-i18next";
import { Choices } from "@/shared/list/Choices";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { SpecFieldsProps } from "./MeasureFields";
import { SHAPES, withShape } from "./metrics.logic";
import { NumberField } from "./NumberField";

function ShapeFields({ spec, form, faults, onChange }: SpecFieldsProps) {
  const { t } = useTranslation("metrics");
  const set = (part: Partial<typeof spec>) => onChange({ ...spec, ...part });
  const number = (name: "periods" | "weeks" | "usual_weeks", label: string, min: number, max: number) => (
    <NumberField
      label={label}
      value={spec[name]}
      min={min}
      max={max}
      error={faults[`spec.${name}`]}
      onChange={(value) => set({ [name]: value })}
    />
  );
  switch (spec.shape) {
    case "earlier":
      return number("periods", t("edit.periods"), 1, 24);
    case "trend":
      return number("weeks", t("edit.trendWeeks"), 2, 104);
    case "streak":
      return (
        <>
          {number("weeks", t("edit.weeks"), 1, 12)}
          <NumberField
            label={t("edit.drop")}
            value={Math.round(spec.drop * 100)}
            min={5}
            max={95}
            suffix="%"
            error={faults["spec.drop"]}
            onChange={(percent) => set({ drop: percent / 100 })}
          />
          {number("usual_weeks", t("edit.usualWeeks"), 2, 52)}
        </>
      );
    case "peers":
      return (
        <Field label={t("edit.by")} error={faults["spec.by"]}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={spec.by}
              options={form.groups.map(({ by, label }) => ({ value: by, label }))}
              onChange={(by) => set({ by })}
            />
          )}
        </Field>
      );
    default:
      return null;
  }
}

/** With what the number is compared. */
export function CompareFields(props: SpecFieldsProps) {
  const { spec, form, onChange } = props;
  const { t } = useTranslation("metrics");
  return (
    <>
      <Choices
        label={t("edit.compare")}
        items={SHAPES.map((key) => ({ key, label: t(`shape.${key}`) }))}
        value={spec.shape}
        onChange={(shape) => onChange(withShape(spec, shape, form))}
      />
      <div className="sentence">
        <ShapeFields {...props} />
      </div>
    </>
  );
}
