import { useTranslation } from "react-i18next";
import { useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { Spark } from "@/shared/ui/Spark";
import { deltaSize, flatBelow, type Kpi, kpiText, sparkColor } from "./kpi.logic";

/** One figure: number, change against the period before, its past, and how it is counted. */
export function KpiCard({ kpi }: { kpi: Kpi }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const { currency, counting_word } = useWorkspace();
  const { language } = useFormat();
  const { sign, number, unit } = kpiText(kpi, language, currency);
  const word = kpi.unit === "customers" && language === "zh-CN" ? counting_word : unit;
  const size = deltaSize(kpi);
  const change = kpi.unit === "percent" ? t("common:delta.points", { value: size }) : `${size}%`;
  return (
    <section className="panel kpi" aria-label={t(`dashboard:kpi.${kpi.key}`)}>
      <h2>{t(`dashboard:kpi.${kpi.key}`)}</h2>
      <div className="kpi-main">
        <div className="kpi-number">
          {sign}
          {number}
          <small>{kpi.unit === "alerts" ? t("dashboard:unit.alerts") : word}</small>
        </div>
        <Spark values={kpi.spark} color={sparkColor(kpi)} width={72} height={28} />
      </div>
      <div className="small">
        <Delta value={kpi.delta} risingIsBad={kpi.good === "down"} text={change} flatBelow={flatBelow(kpi)} />{" "}
        <span className="muted">{kpi.note || (kpi.delta !== null && t("dashboard:kpi.before"))}</span>
      </div>
      <p className="kpi-basis">{kpi.basis}</p>
    </section>
  );
}
