import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";

type Rate = Schemas["RateOut"];
const percent = (share: number | null) => (share === null ? "—" : `${(share * 100).toFixed(0)}%`);

/** How many of such customers were lost, measured on the workspace's own past. Shown only to those who see all customers. */
export function RatePanel() {
  const rate = api.useQuery(
    "get",
    "/api/v1/w/{slug}/text/rate",
    { params: { path: { slug: useSlug() } } },
    { retry: false },
  );
  return rate.data ? <Measured rate={rate.data} /> : null;
}

function Measured({ rate }: { rate: Rate }) {
  const { t } = useTranslation("text");
  if (rate.rate === null) return <p className="rate muted">{t("rate.none", { days: rate.horizon_days })}</p>;
  return (
    <div className="rate">
      <strong>
        {t("rate.found", {
          rate: percent(rate.rate),
          low: percent(rate.low),
          high: percent(rate.high),
          base: percent(rate.base),
          days: rate.horizon_days,
        })}
      </strong>
      <p className="muted small">
        {t("rate.how", {
          lost: rate.lost,
          customers: rate.customers,
          baseLost: rate.base_lost,
          baseCustomers: rate.base_customers,
          dates: rate.dates.join(", "),
        })}
      </p>
    </div>
  );
}
