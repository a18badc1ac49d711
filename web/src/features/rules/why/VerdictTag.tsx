import { useTranslation } from "react-i18next";
import type { Verdict } from "./why.logic";

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation("rules");
  return <span className={`verdict-tag ${verdict}`}>{t(`why.verdict.${verdict}`)}</span>;
}
