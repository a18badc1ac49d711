import { Checkbox, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { KindPicker } from "./KindPicker";
import { type Form, hasWindow, type Measure, type Spec, withMeasure } from "./metrics.logic";
import { NumberField } from "./NumberField";

export interface SpecFieldsProps {
  spec: Spec;
  form: Form;
  /** Sentences by place, such as `spec.days`. */
  faults: Record<string, string>;
  onChange: (spec: Spec) => void;
}

const ATTRIBUTE = "attrs.";

function OfField({ spec, faults, onChange }: SpecFieldsProps) {
  const { t } = useTranslation("metrics");
  const attribute = spec.of.startsWith(ATTRIBUTE);
  const choices = spec.measure === "distinct" ? ["channel", "actor", "attrs"] : ["value", "attrs"];
  return (
    <>
      <Field label={t("edit.of")} error={attribute ? undefined : faults["spec.of"]}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={attribute ? "attrs" : spec.of}
            options={choices.map((value) => ({ value, label: t(`of.${value as "value"}`) }))}
            onChange={(of) => onChange({ ...spec, of: of === "attrs" ? `${ATTRIBUTE}quantity` : of })}
          />
        )}
      </Field>
      {attribute && (
        <Field label={t("edit.attribute")} hint={t("edit.attributeHint")} error={faults["spec.of"]}>
          {(control) => (
            <Input
              {...control}
              value={spec.of.slice(ATTRIBUTE.length)}
              maxLength={60}
              onChange={(event) => onChange({ ...spec, of: ATTRIBUTE + event.target.value.trim() })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function WindowFields({ spec, faults, onChange }: SpecFieldsProps) {
  const { t } = useTranslation("metrics");
  const whole = spec.days === null;
  return (
    <>
      {!whole && (
        <NumberField
          label={t("edit.days")}
          value={spec.days ?? 30}
          min={1}
          max={3660}
          error={faults["spec.days"]}
          onChange={(days) => onChange({ ...spec, days })}
        />
      )}
      {!whole && (
        <NumberField
          label={t("edit.skip")}
          value={spec.skip}
          min={0}
          max={3650}
          error={faults["spec.skip"]}
          onChange={(skip) => onChange({ ...spec, skip })}
        />
      )}
      {spec.shape !== "earlier" && (
        <Checkbox
          checked={whole}
          onChange={({ target }) => onChange({ ...spec, days: target.checked ? null : 30, skip: 0 })}
        >
          {t("edit.all")}
        </Checkbox>
      )}
    </>
  );
}

/** Which activities, what of them, in which window. */
export function MeasureFields(props: SpecFieldsProps) {
  const { spec, form, faults, onChange } = props;
  const { t } = useTranslation("metrics");
  const kinds = faults["spec.kinds"] ?? Object.entries(faults).find(([place]) => place.startsWith("spec.kinds."))?.[1];
  const measures = form.measures[spec.shape] ?? [];
  return (
    <div className="sentence">
      <KindPicker
        form={form}
        kinds={spec.kinds}
        error={kinds}
        onChange={(next) => onChange({ ...spec, kinds: next })}
      />
      {measures.length > 1 && (
        <Field label={t("edit.measure")} error={faults["spec.measure"]}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={spec.measure}
              options={measures.map((value) => ({ value, label: t(`measure.${value}`) }))}
              onChange={(measure) => onChange(withMeasure(spec, measure as Measure, form))}
            />
          )}
        </Field>
      )}
      {form.measured.includes(spec.measure) && <OfField {...props} />}
      {hasWindow(spec) && <WindowFields {...props} />}
    </div>
  );
}
