import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { PAGER_KEYS } from "@/shared/ui/usePager";
import { BenefitsPanel } from "./BenefitsPanel";
import { CouponsTab } from "./CouponsTab";
import { MembersTab } from "./MembersTab";
import { ProgrammeTab } from "./ProgrammeTab";
import { ReferralsTab } from "./ReferralsTab";
import "./loyalty.css";
import "@/shared/list/list.css";

const TABS = ["members", "programme", "coupons", "referrals"] as const;

/** 权益: points, member levels, coupons and who brought whom. */
export function LoyaltyPage() {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const [{ tab: asked }, change] = useUrlState({ tab: "members" }, PAGER_KEYS);
  const tab = TABS.find((key) => key === asked) ?? "members";
  const loyalty = api.useQuery("get", "/api/v1/w/{slug}/loyalty", { params: { path: { slug } } });
  if (loyalty.isError) return <ErrorState error={loyalty.error} retry={() => void loyalty.refetch()} />;
  if (!loyalty.data) return <SkeletonCards cards={3} height={120} />;
  return (
    <>
      <PageHeader title={t("title")} meta={t("meta")} />
      <div className="stack">
        <Figures loyalty={loyalty.data} />
        <Chips
          label={t("tab.label")}
          items={TABS.map((key) => ({ key, label: t(`tab.${key}`) }))}
          value={tab}
          onChange={(key) => change({ tab: key })}
        />
        {tab === "members" && (
          <>
            <MembersTab levels={Object.keys(loyalty.data.levels)} />
            <BenefitsPanel months={loyalty.data.months} />
          </>
        )}
        {tab === "programme" && <ProgrammeTab key={loyalty.data.versions.length} loyalty={loyalty.data} />}
        {tab === "coupons" && <CouponsTab />}
        {tab === "referrals" && <ReferralsTab />}
      </div>
    </>
  );
}

function Figures({ loyalty }: { loyalty: Schemas["LoyaltyOut"] }) {
  const { t } = useTranslation("loyalty");
  const { count, moneyExact, customers } = useFormat();
  const figures = [
    { key: "members", text: customers(loyalty.members) },
    { key: "points", text: count(loyalty.points), note: t("figure.worth", { money: moneyExact(loyalty.worth) }) },
    { key: "grace", text: customers(loyalty.in_grace) },
    { key: "coupons", text: count(loyalty.coupons_open) },
  ] as const;
  return (
    <dl className="loyalty-figures">
      {figures.map(({ key, text, ...more }) => (
        <div key={key} className="panel">
          <dt className="muted small">{t(`figure.${key}`)}</dt>
          <dd>
            <strong className="num">{text}</strong>
            {"note" in more && <span className="muted small"> {more.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
