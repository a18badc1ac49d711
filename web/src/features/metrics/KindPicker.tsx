import { CloseOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { Form } from "./metrics.logic";

/** Which activities count: chosen ones as chips, one more from a list; none chosen means all that the customer does. */
export function KindPicker({
  form,
  kinds,
  error,
  onChange,
}: {
  form: Form;
  kinds: readonly string[];
  error: string | undefined;
  onChange: (kinds: string[]) => void;
}) {
  const { t } = useTranslation("metrics");
  const labels = new Map(form.kinds.map(({ kind, label }) => [kind, label]));
  const rest = form.kinds.filter(({ kind }) => !kinds.includes(kind));
  return (
    <Field label={t("edit.kinds")} error={error}>
      {(control) => (
        <div className="kinds">
          {kinds.length === 0 && <span className="muted">{t("edit.kindsAny")}</span>}
          {kinds.map((kind) => {
            const name = labels.get(kind) ?? kind;
            return (
              <button
                key={kind}
                type="button"
                className="kind"
                aria-label={t("edit.removeKind", { name })}
                onClick={() => onChange(kinds.filter((one) => one !== kind))}
              >
                {name} <Icon of={CloseOutlined} />
              </button>
            );
          })}
          <NativeSelect
            id={control.id}
            aria-describedby={control["aria-describedby"]}
            value=""
            options={[
              { value: "", label: t("edit.addKind") },
              ...rest.map(({ kind, label, seen }) => ({
                value: kind,
                label: seen ? label : t("edit.noData", { name: label }),
              })),
            ]}
            onChange={(kind) => kind && onChange([...kinds, kind])}
          />
        </div>
      )}
    </Field>
  );
}
