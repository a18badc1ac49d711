import { useTranslation } from "react-i18next";

/** Stands beside everything that was generated for the sample workspace. */
export function SampleMark() {
  const { t } = useTranslation("common");
  return (
    <span className="sample-mark" title={t("sample.why")}>
      {t("sample.mark")}
    </span>
  );
}
