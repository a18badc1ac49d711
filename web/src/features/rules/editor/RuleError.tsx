import { useTranslation } from "react-i18next";
import { asApiError } from "@/shared/api/errors";
import { FormError } from "@/shared/ui/FormError";

/** Why a rule was not saved. Faults of the conditions stand at their places, so they are not listed again. */
export function RuleError({ error }: { error: unknown }) {
  const { t } = useTranslation("rules");
  if (!error) return null;
  if (asApiError(error).code !== "rule") return <FormError error={error} />;
  return (
    <div className="form-error" role="alert">
      {t("save.faulty")}
    </div>
  );
}
