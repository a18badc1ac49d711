import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";

export type PersonOf = Pick<Schemas["CustomerOut"], "id" | "name"> & {
  contacts: readonly Pick<Schemas["CustomerOut"]["contacts"][number], "id" | "name">[];
};

/** The customer as a whole, or one of its contacts. */
export function PersonSelect({
  customer,
  value,
  onChange,
}: {
  customer: PersonOf;
  value: number;
  onChange: (contact: number) => void;
}) {
  const { t } = useTranslation("persons");
  const options = [
    { value: "0", label: t("whole", { name: customer.name }) },
    ...customer.contacts.map(({ id, name }) => ({ value: String(id), label: t("contact", { name }) })),
  ];
  return (
    <Field label={t("who")}>
      {(control) => (
        <NativeSelect
          id={control.id}
          className="wide"
          value={String(value)}
          options={options}
          onChange={(chosen) => onChange(Number(chosen))}
        />
      )}
    </Field>
  );
}
