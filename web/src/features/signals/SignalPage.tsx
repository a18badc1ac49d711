import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { points } from "@/shared/lib/format";
import { useSeesCustomers, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { BacktestPanel } from "../rules/BacktestPanel";
import { HitsPanel } from "./HitsPanel";
import { ParamsPanel } from "./ParamsPanel";
import { StateTag } from "./StateTag";
import type { Signal } from "./signals.logic";
import { UnlockLinks } from "./UnlockLinks";
import "./signals.css";
import "@/shared/list/list.css";

/** One signal: what it means, what it needs, for whom it fires, its numbers, and how right it was in the past. */
export function SignalPage() {
  const slug = useSlug();
  const { code = "" } = useParams();
  const found = api.useQuery("get", "/api/v1/w/{slug}/signals/{code}", { params: { path: { slug, code } } });
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <SkeletonRows rows={8} />;
  return <Page signal={found.data} />;
}

function Page({ signal }: { signal: Signal }) {
  const { t } = useTranslation("signals");
  const to = useTo();
  const sees = useSeesCustomers();
  return (
    <>
      <PageHeader
        title={signal.name}
        meta={
          <>
            {t(`family.${signal.family as "payment"}`)} · {signal.mission_id} ·{" "}
            {t("weighs", { points: points(signal.points) })}
          </>
        }
        actions={sees && <Link to={to("/signals")}>{t("back")}</Link>}
      />
      <div className="signal-page">
        <div className="stack">
          <Meaning signal={signal} />
          {sees && <HitsPanel signal={signal} />}
          {sees && <BacktestPanel subject={{ kind: "signal", signal: signal.key }} />}
        </div>
        <div className="stack">
          <ReadyPanel signal={signal} />
          <ParamsPanel signal={signal} />
        </div>
      </div>
    </>
  );
}

function Meaning({ signal }: { signal: Signal }) {
  const { t } = useTranslation("signals");
  return (
    <Panel title={t("meaning")}>
      <p>{signal.description}</p>
      <p className="muted small">
        {t(signal.protective ? "protective" : "raising")} ·{" "}
        {signal.needs.length ? t("needs", { kinds: signal.needs.join(t("or")) }) : t("needsAny")}
      </p>
    </Panel>
  );
}

function ReadyPanel({ signal }: { signal: Signal }) {
  const { t } = useTranslation("signals");
  const format = useFormat();
  return (
    <Panel title={t("readiness")} extra={<StateTag state={signal.state} />}>
      <div className="stack">
        <p>{t("computable", { some: format.count(signal.computable), all: format.count(signal.customers) })}</p>
        {signal.missing.length > 0 && (
          <ul className="signal-missing">
            {signal.missing.map(({ key, text, customers }) => (
              <li key={key}>
                {text} <span className="muted">{format.customers(customers)}</span>
              </li>
            ))}
          </ul>
        )}
        <UnlockLinks signal={signal} />
      </div>
    </Panel>
  );
}
