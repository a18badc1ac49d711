import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useUrlState } from "@/shared/lib/urlState";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { StateTag } from "../signals/StateTag";
import { type Library, type Signal, share } from "../signals/signals.logic";
import { UnlockLinks } from "../signals/UnlockLinks";

type View = "gaps" | "all";

/** Every signal with its share of customers and why not more; at first those that lack something. */
export function SignalGaps({ library }: { library: Library }) {
  const { t } = useTranslation("readiness");
  const [{ view }, change] = useUrlState({ view: "gaps" });
  const all = view === "all";
  const signals = library.signals.filter(({ state }) => all || state === "missing" || state === "partial");
  return (
    <Panel
      title={t("signals")}
      extra={
        <Chips<View>
          label={t("signals")}
          value={all ? "all" : "gaps"}
          onChange={(next) => change({ view: next })}
          items={[
            { key: "gaps", label: t("view.gaps") },
            { key: "all", label: t("view.all") },
          ]}
        />
      }
      flush
    >
      {signals.length === 0 && <EmptyState title={t("complete")} text={t("completeText")} />}
      <ul className="readiness-signals">
        {signals.map((signal) => (
          <Gap key={signal.key} signal={signal} />
        ))}
      </ul>
    </Panel>
  );
}

function Gap({ signal }: { signal: Signal }) {
  const { t } = useTranslation(["readiness", "signals"]);
  const to = useTo();
  const format = useFormat();
  const part = share(signal);
  return (
    <li>
      <span className="readiness-name">
        <Link to={to(`/signals/${signal.key}`)}>{signal.name}</Link>{" "}
        <span className="muted small">{signal.mission_id}</span>
      </span>
      <StateTag state={signal.state} />
      <span className="small num">
        {part === null
          ? t("readiness:unknown")
          : `${format.percent(part, 0)} · ${t("signals:computable", { some: format.count(signal.computable), all: format.count(signal.customers) })}`}
      </span>
      <span className="readiness-why">
        {signal.missing.map(({ key, text, customers }) => (
          <span key={key}>
            {text} <span className="muted small">{format.customers(customers)}</span>
          </span>
        ))}
        <UnlockLinks signal={signal} />
      </span>
    </li>
  );
}
