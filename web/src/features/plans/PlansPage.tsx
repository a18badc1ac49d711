import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { PackCard } from "./PackCard";
import { PackEditor } from "./PackEditor";
import { PlanCard } from "./PlanCard";
import { PlanEditor } from "./PlanEditor";
import "@/shared/list/list.css";
import "./plans.css";

const TABS = ["plans", "packs"] as const;
/** A code, "" for a new one, null for none. */
type Edited = string | null;

/** 挽留计划与话术: checklists per tier, level and cause; what to say, with files. */
export function PlansPage() {
  const { t } = useTranslation("plans");
  const can = useCan();
  const [url, change] = useUrlState({ tab: "plans" });
  const tab = url.tab === "packs" ? "packs" : "plans";
  const [edited, setEdited] = useState<Edited>(null);
  const show = (key: (typeof TABS)[number]) => {
    setEdited(null);
    change({ tab: key });
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={t("meta")}
        actions={
          can("publish") &&
          edited === null && (
            <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => setEdited("")}>
              {t(`new.${tab}`)}
            </Button>
          )
        }
      />
      <div className="stack">
        <Chips
          label={t("tab.label")}
          items={TABS.map((key) => ({ key, label: t(`tab.${key}`) }))}
          value={tab}
          onChange={show}
        />
        {tab === "plans" ? <Plans edited={edited} onEdit={setEdited} /> : <Packs edited={edited} onEdit={setEdited} />}
      </div>
    </>
  );
}

interface PartProps {
  edited: Edited;
  onEdit: (code: Edited) => void;
}

function Plans({ edited, onEdit }: PartProps) {
  const { t } = useTranslation("plans");
  const path = { slug: useSlug() };
  const plans = api.useQuery("get", "/api/v1/w/{slug}/plans", { params: { path } });
  const packs = api.useQuery("get", "/api/v1/w/{slug}/content-packs", { params: { path } });
  if (plans.isError) return <ErrorState error={plans.error} retry={() => void plans.refetch()} />;
  if (!plans.data) return <SkeletonCards />;
  if (edited !== null) {
    const plan = plans.data.find(({ code }) => code === edited) ?? null;
    return <PlanEditor key={edited} plan={plan} packs={packs.data ?? []} onClose={() => onEdit(null)} />;
  }
  return (
    <ul className="cards" aria-label={t("tab.plans")}>
      {plans.data.map((plan) => (
        <PlanCard key={plan.code} plan={plan} onEdit={() => onEdit(plan.code)} />
      ))}
    </ul>
  );
}

function Packs({ edited, onEdit }: PartProps) {
  const { t } = useTranslation("plans");
  const packs = api.useQuery("get", "/api/v1/w/{slug}/content-packs", { params: { path: { slug: useSlug() } } });
  if (packs.isError) return <ErrorState error={packs.error} retry={() => void packs.refetch()} />;
  if (!packs.data) return <SkeletonCards />;
  if (edited !== null) {
    const pack = packs.data.find(({ code }) => code === edited) ?? null;
    return <PackEditor key={edited} pack={pack} onClose={() => onEdit(null)} />;
  }
  return (
    <ul className="cards" aria-label={t("tab.packs")}>
      {packs.data.map((pack) => (
        <PackCard key={pack.code} pack={pack} onEdit={() => onEdit(pack.code)} />
      ))}
    </ul>
  );
}
