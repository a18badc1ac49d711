import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { isDecided, type Renewal } from "./renewals.logic";

const SOON_DAYS = 15;

export function DaysLeft({ row }: { row: Renewal }) {
  const { t } = useTranslation("renewals");
  const text = row.days_left < 0 ? t("left.past", { count: -row.days_left }) : t("left.days", { count: row.days_left });
  return <span className={!isDecided(row) && row.days_left <= SOON_DAYS ? "renewal-soon" : ""}>{text}</span>;
}

/** The expected money; a default of the status is not a measurement and says so. */
export function Forecast({ row }: { row: Renewal }) {
  const { t } = useTranslation("renewals");
  const format = useFormat();
  return (
    <>
      {format.money(row.amount * row.forecast)}
      <div className="muted small nowrap">
        {format.percent(row.forecast, 0)}
        {row.forecast_is_default && !isDecided(row) && ` ${t("usual")}`}
      </div>
    </>
  );
}
