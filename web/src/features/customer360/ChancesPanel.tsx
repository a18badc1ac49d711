import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chart } from "@/shared/ui/Chart";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonBlock } from "@/shared/ui/Skeletons";
import { type Chances, curveOption, curveRange } from "./chances.logic";
import { SimilarCases } from "./SimilarCases";
import "./chances.css";

const HEIGHT = 130;

/** 流失概率与时间: how likely, by when, for how much money, and what became of similar customers; or why nothing of it is known. */
export function ChancesPanel({ customerId }: { customerId: number }) {
  const { t } = useTranslation("chances");
  const path = { slug: useSlug(), customer_id: customerId };
  const chances = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/chances", { params: { path } });
  const mode = chances.data && <span className="tag">{t(`mode.${chances.data.mode}`)}</span>;
  return (
    <Panel title={t("title")} extra={mode}>
      {chances.isPending && <SkeletonBlock height={HEIGHT} />}
      {chances.isError && <ErrorState error={chances.error} retry={() => void chances.refetch()} />}
      {chances.data?.why_not && <p className="muted">{chances.data.why_not}</p>}
      {chances.data && chances.data.probability !== null && <Known chances={chances.data} />}
    </Panel>
  );
}

function Known({ chances }: { chances: Chances }) {
  const { t } = useTranslation("chances");
  const format = useFormat();
  const { probability, horizon_days: horizon, at_stake: stake, money_at_risk: risk, trained_at: trained } = chances;
  return (
    <div className="chances">
      <dl className="chances-facts">
        <div>
          <dt>{horizon ? t(chances.from_today ? "silentFromToday" : "within", { count: horizon }) : t("chance")}</dt>
          <dd className="num">{format.percent(probability ?? 0, 0)}</dd>
        </div>
        {risk !== null && (
          <div>
            <dt>{t("risk")}</dt>
            <dd className="num">{format.money(risk)}</dd>
          </div>
        )}
      </dl>
      {stake !== null && <p className="muted small">{t("stake", { money: format.money(stake) })}</p>}
      <ByThen chances={chances} />
      {chances.similar && <SimilarCases similar={chances.similar} />}
      <p className="muted small">
        {t("from", { version: chances.model, day: trained ? format.day(trained) : "—" })} {t("association")}
      </p>
    </div>
  );
}

/** By 30, 60 and 90 days as numbers, and the curve. */
function ByThen({ chances }: { chances: Chances }) {
  const { t } = useTranslation("chances");
  const format = useFormat();
  const range = curveRange(chances.curve);
  const option = useMemo(
    () => curveOption(chances.curve, { name: t("chance"), day: (count) => t("day", { count }) }),
    [chances.curve, t],
  );
  if (!range) return <p className="muted small">{t("noCurve")}</p>;
  return (
    <>
      <ul className="chances-by">
        {chances.by.map(({ day, chance }) => (
          <li key={day}>
            <span className="muted small">{t(chances.from_today ? "silentBy" : "by", { count: day })}</span>
            <strong className="num">{format.percent(chance, 0)}</strong>
          </li>
        ))}
      </ul>
      <Chart option={option} height={HEIGHT} label={t("label", range)} />
      {chances.from_today && <p className="muted small">{t("fromToday")}</p>}
    </>
  );
}
