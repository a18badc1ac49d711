import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";

interface Props {
  label: string;
  hint: string;
  result: Schemas["CsvImportedOut"] | undefined;
  error: unknown;
  onText: (text: string) => void;
}

/** A CSV file that is read here and sent as text; wrong rows are told one by one. */
export function CsvBox({ label, hint, result, error, onText }: Props) {
  const { t } = useTranslation("governor");
  return (
    <>
      <Field label={label} hint={hint}>
        {({ id }) => (
          <input
            id={id}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => {
              void event.target.files?.[0]?.text().then(onText);
            }}
          />
        )}
      </Field>
      <FormError error={error} />
      {result && (
        <div role="status" className="small">
          {t("sup.imported", { taken: result.taken, rejected: result.rejected.length })}
          <ul className="overdue">
            {result.rejected.map(({ row, message }) => (
              <li key={row}>{message}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
