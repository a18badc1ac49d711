import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { copyText } from "@/shared/list/copyText";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { BenefitSheet, type BenefitWhat } from "./BenefitSheet";
import { useRefreshLoyalty } from "./useRefreshLoyalty";
import "./loyalty.css";

type Benefits = Schemas["CustomerLoyaltyOut"];
const SHOWN = 5;

/** 权益 of one customer: what they have, what they would lose by leaving, and what can be given. */
export function CustomerBenefits({ customerId }: { customerId: number }) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const can = useCan();
  const [what, setWhat] = useState<BenefitWhat | null>(null);
  const found = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/loyalty", {
    params: { path: { slug, customer_id: customerId } },
  });
  if (!found.data) return null;
  const benefits = found.data;
  const used = benefits.enabled || benefits.balance !== 0 || benefits.coupons.length > 0;
  return (
    <Panel title={t("benefits.title")}>
      {used ? <Standing benefits={benefits} /> : <p className="muted">{t("benefits.none")}</p>}
      {can("handle") && (
        <div className="row wrap">
          <Button size="small" onClick={() => setWhat("coupon")}>
            {t("benefits.coupon")}
          </Button>
          {benefits.enabled && (
            <Button size="small" onClick={() => setWhat("redeem")}>
              {t("benefits.redeem")}
            </Button>
          )}
          {can("publish") && (
            <Button size="small" onClick={() => setWhat("adjust")}>
              {t("benefits.adjust")}
            </Button>
          )}
          <Button size="small" onClick={() => setWhat("quote")}>
            {t("benefits.quote")}
          </Button>
        </div>
      )}
      <Coupons coupons={benefits.coupons.slice(0, SHOWN)} />
      <Ledger entries={benefits.entries.slice(0, SHOWN)} />
      {what && <BenefitSheet what={what} customerId={customerId} benefits={benefits} onClose={() => setWhat(null)} />}
    </Panel>
  );
}

function Standing({ benefits }: { benefits: Benefits }) {
  const { t } = useTranslation("loyalty");
  const { count, moneyExact, percent } = useFormat();
  const to = useTo();
  const lines = [
    t("benefits.balance", { points: count(benefits.balance), money: moneyExact(benefits.worth) }),
    benefits.member_level && t("benefits.level", { level: benefits.member_level }),
    benefits.keep_until && t("member.keep", { day: benefits.keep_until }),
    benefits.next_level &&
      t("benefits.next", { level: benefits.next_level, money: moneyExact(benefits.next_missing ?? 0) }),
    benefits.ending_points > 0 && t("benefits.ending", { points: count(benefits.ending_points) }),
    benefits.earn_factor !== 1 &&
      t("benefits.eased", { factor: benefits.earn_factor, price: percent(benefits.redeem_factor) }),
    benefits.volume.percent > 0 && t("benefits.volume", { percent: benefits.volume.percent }),
    benefits.volume.missing !== null &&
      benefits.volume.missing !== undefined &&
      t("benefits.volumeNext", {
        money: moneyExact(benefits.volume.missing),
        percent: benefits.volume.next_percent ?? 0,
      }),
  ].filter((line): line is string => Boolean(line));
  return (
    <>
      {benefits.at_stake > 0 && (
        <p>
          <strong>{t("benefits.atStake", { money: moneyExact(benefits.at_stake) })}</strong>
        </p>
      )}
      <ul className="plain-list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {benefits.brought_by && (
          <li>
            {t("benefits.broughtBy")}{" "}
            <Link to={to(`/customers/${benefits.brought_by.id}`)}>{benefits.brought_by.name}</Link>
          </li>
        )}
        {benefits.brought.length > 0 && <li>{t("benefits.brought", { n: benefits.brought.length })}</li>}
      </ul>
    </>
  );
}

function Coupons({ coupons }: { coupons: Benefits["coupons"] }) {
  const { t } = useTranslation(["loyalty", "common"]);
  const slug = useSlug();
  const can = useCan();
  const { day } = useFormat();
  const refresh = useRefreshLoyalty();
  const take = api.useMutation("post", "/api/v1/w/{slug}/coupons/{coupon_id}/void", {
    onSuccess: () => notifyDone(t("coupon.taken")),
    onSettled: refresh,
  });
  if (coupons.length === 0) return null;
  return (
    <ul className="loyalty-ledger" aria-label={t("tab.coupons")}>
      {coupons.map((coupon) => (
        <li key={coupon.id}>
          <span className="grow">
            <button
              type="button"
              className="link coupon-code"
              aria-label={t("coupon.copy", { code: coupon.code })}
              onClick={() => void copyText(coupon.code).then(() => notifyDone(t("coupon.copied")))}
            >
              {coupon.code}
            </button>{" "}
            {coupon.text}
            <span className="muted small">
              {" "}
              {t(`coupon.states.${coupon.state}`)} · {t("coupon.until", { day: day(coupon.expires_at) })}
            </span>
          </span>
          {coupon.state === "open" && can("handle") && (
            <Button
              size="small"
              aria-label={t("coupon.takeOne", { code: coupon.code })}
              onClick={() => take.mutate({ params: { path: { slug, coupon_id: coupon.id } } })}
            >
              {t("coupon.take")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Ledger({ entries }: { entries: Benefits["entries"] }) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const can = useCan();
  const { day } = useFormat();
  const refresh = useRefreshLoyalty();
  const reverse = api.useMutation("post", "/api/v1/w/{slug}/loyalty/entries/{entry_id}/reverse", {
    onSuccess: () => notifyDone(t("ledger.reversedOne")),
    onSettled: refresh,
  });
  if (entries.length === 0) return null;
  return (
    <ul className="loyalty-ledger" aria-label={t("ledger.title")}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <span className="grow">
            {t(`ledger.reason.${entry.reason}`)} <span className="muted small">{entry.note}</span>
            <span className="muted small"> {day(entry.at)}</span>
          </span>
          <strong className="num">{entry.points > 0 ? `+${entry.points}` : entry.points}</strong>
          {can("publish") && !entry.reversed && entry.reason !== "reversal" && (
            <Button
              size="small"
              aria-label={t("ledger.reverseOne", { points: entry.points })}
              onClick={() => reverse.mutate({ params: { path: { slug, entry_id: entry.id } }, body: { note: "" } })}
            >
              {t("ledger.reverse")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
