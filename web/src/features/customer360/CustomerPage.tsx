import { ArrowLeftOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { CustomerBenefits } from "@/features/loyalty/CustomerBenefits";
import { ConsentPanel } from "@/features/messages/ConsentPanel";
import { MessagesPanel } from "@/features/messages/MessagesPanel";
import { CustomerPlaybooks } from "@/features/playbooks/people/CustomerPlaybooks";
import { TicketsPanel } from "@/features/tickets/TicketsPanel";
import { VisitsPanel } from "@/features/visits/VisitsPanel";
import { SendButton } from "@/features/wecom/SendButton";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { copyText } from "@/shared/list/copyText";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { ChancesPanel } from "./ChancesPanel";
import { CustomerHead } from "./CustomerHead";
import { EvidenceDrawer } from "./EvidenceDrawer";
import { OutcomesPanel } from "./OutcomesPanel";
import { ContactsPanel, ContractsPanel, ProfilePanel } from "./ProfilePanel";
import { RiskPanel } from "./RiskPanel";
import { ScoreHistory } from "./ScoreHistory";
import { Timeline } from "./Timeline";
import { type Asked, useCustomerActions } from "./useCustomerActions";
import { WorkPanel } from "./WorkPanel";
import "./customer360.css";
import "@/shared/list/list.css";

const FeedbackPanel = lazy(async () => ({
  default: (await import("@/features/feedback/FeedbackPanel")).FeedbackPanel,
}));
const LinksPanel = lazy(async () => ({ default: (await import("@/features/links/LinksPanel")).LinksPanel }));
const PersonMenu = lazy(async () => ({ default: (await import("@/features/persons/PersonMenu")).PersonMenu }));

type Customer = Schemas["CustomerOut"];
const TABS = ["risk", "timeline", "tasks", "profile"] as const;
type Tab = (typeof TABS)[number];

/** 客户360: how dangerous and why, everything that happened, what is to be done. */
export function CustomerPage() {
  const { t } = useTranslation(["customer360", "common"]);
  const phone = usePhone();
  const id = Number(useParams().customerId);
  const path = { slug: useSlug(), customer_id: id };
  const customer = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}", { params: { path } });
  const [{ evidence }, change] = useUrlState({ evidence: "" });
  const { ask, sheets } = useCustomerActions(customer.data);
  const name = customer.data?.name;
  useEffect(() => {
    if (name) document.title = `${name} · ${t("common:product")}`;
  }, [name, t]);
  if (customer.isError) return <ErrorState error={customer.error} retry={() => void customer.refetch()} />;
  if (!customer.data) return <SkeletonCards cards={3} height={180} />;
  const open = (signal: string) => change({ evidence: signal });
  const view = phone ? (
    <PhoneView customer={customer.data} ask={ask} onEvidence={open} />
  ) : (
    <DeskView customer={customer.data} ask={ask} onEvidence={open} />
  );
  return (
    <>
      {view}
      {sheets}
      <EvidenceDrawer customerId={id} signal={evidence} onClose={() => change({ evidence: "" })} />
    </>
  );
}

interface ViewProps {
  customer: Customer;
  ask: (what: Asked) => void;
  onEvidence: (signal: string) => void;
}

function DeskView({ customer, ask, onEvidence }: ViewProps) {
  const { t } = useTranslation(["customer360", "common"]);
  const can = useCan();
  const actions = can("handle") && (
    <>
      <SendButton customerId={customer.id} words={customer.suggestion} />
      {can("publish") && customer.score && <Button onClick={() => ask("override")}>{t("override.button")}</Button>}
      {can("assign") && <Button onClick={() => ask("assign")}>{t("action.assign")}</Button>}
      <Button onClick={() => ask("task")}>{t("action.task")}</Button>
      <Button onClick={() => ask("outcome")}>{t("action.outcome")}</Button>
      <Button type="primary" onClick={() => ask("followUp")}>
        {t("common:action.followUp")}
      </Button>
    </>
  );
  const more = (
    <Suspense fallback={null}>
      <PersonMenu customer={customer} />
    </Suspense>
  );
  return (
    <div className="stack">
      <CustomerHead customer={customer} actions={actions} more={more} />
      <div className="c360-columns">
        <div className="stack">
          <RiskPanel customer={customer} onEvidence={onEvidence} />
          <ChancesPanel customerId={customer.id} />
        </div>
        <div className="stack">
          <ScoreHistory customerId={customer.id} />
          <Timeline customerId={customer.id} />
        </div>
        <div className="stack">
          <Suggestion text={customer.suggestion} />
          <WorkPanel customerId={customer.id} />
          <VisitsPanel customer={customer} />
          <TicketsPanel about={{ customer_id: customer.id }} customerName={customer.name} />
          <MessagesPanel customerId={customer.id} customerName={customer.name} />
          <Suspense fallback={null}>
            <LinksPanel customer={customer} />
          </Suspense>
          <CustomerPlaybooks customerId={customer.id} />
          <OutcomesPanel customerId={customer.id} />
          <Suspense fallback={null}>
            <FeedbackPanel customerId={customer.id} onInterview={() => ask("interview")} />
          </Suspense>
          <CustomerBenefits customerId={customer.id} />
          <ContactsPanel contacts={customer.contacts} />
          <ConsentPanel customer={customer} />
          <ContractsPanel customer={customer} />
          <ProfilePanel customer={customer} />
        </div>
      </div>
    </div>
  );
}

function PhoneView({ customer, ask, onEvidence }: ViewProps) {
  const { t } = useTranslation(["customer360", "common"]);
  const can = useCan();
  const to = useTo();
  const [{ tab }, change] = useUrlState({ tab: "risk" });
  const shown: Tab = TABS.find((key) => key === tab) ?? "risk";
  const parts: Record<Tab, React.ReactNode> = {
    risk: (
      <>
        <Suggestion text={customer.suggestion} />
        <RiskPanel customer={customer} onEvidence={onEvidence} />
        <ChancesPanel customerId={customer.id} />
        <ScoreHistory customerId={customer.id} />
      </>
    ),
    timeline: <Timeline customerId={customer.id} />,
    tasks: (
      <>
        <WorkPanel customerId={customer.id} />
        <VisitsPanel customer={customer} />
        <TicketsPanel about={{ customer_id: customer.id }} customerName={customer.name} />
        <MessagesPanel customerId={customer.id} customerName={customer.name} />
        <Suspense fallback={null}>
          <LinksPanel customer={customer} />
        </Suspense>
        <CustomerPlaybooks customerId={customer.id} />
        <OutcomesPanel customerId={customer.id} />
        <Suspense fallback={null}>
          <FeedbackPanel customerId={customer.id} onInterview={() => ask("interview")} />
        </Suspense>
      </>
    ),
    profile: (
      <>
        <CustomerBenefits customerId={customer.id} />
        <ContactsPanel contacts={customer.contacts} />
        <ConsentPanel customer={customer} />
        <ContractsPanel customer={customer} />
        <ProfilePanel customer={customer} />
      </>
    ),
  };
  return (
    <div className="stack with-sticky-actions c360-phone">
      <Link to={to("/customers")} className="back-link">
        <Icon of={ArrowLeftOutlined} />
        {t("back")}
      </Link>
      <CustomerHead
        customer={customer}
        more={
          <Suspense fallback={null}>
            <PersonMenu customer={customer} />
          </Suspense>
        }
      />
      <Chips
        label={t("tab.label")}
        items={TABS.map((key) => ({ key, label: t(`tab.${key}`) }))}
        value={shown}
        onChange={(key) => change({ tab: key }, { replace: true })}
      />
      {parts[shown]}
      {can("handle") && (
        <div className="sticky-actions">
          <SendButton customerId={customer.id} words={customer.suggestion} />
          <Button onClick={() => ask("outcome")}>{t("action.outcome")}</Button>
          <Button type="primary" onClick={() => ask("followUp")}>
            {t("common:action.followUp")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Suggestion({ text }: { text: string }) {
  const { t } = useTranslation("customer360");
  if (!text) return null;
  return (
    <Panel
      title={t("suggestion")}
      extra={
        <Button type="text" icon={<Icon of={CopyOutlined} />} onClick={() => void copyText(text)}>
          {t("copyWords")}
        </Button>
      }
    >
      <p>{text}</p>
    </Panel>
  );
}
