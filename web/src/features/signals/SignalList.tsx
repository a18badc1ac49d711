import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { points } from "@/shared/lib/format";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { StateTag } from "./StateTag";
import type { Signal } from "./signals.logic";

/** Signals of one family, one line each; on the phone the figures go below the name. */
export function SignalList({ signals }: { signals: readonly Signal[] }) {
  const { t } = useTranslation("signals");
  const to = useTo();
  const format = useFormat();
  return (
    <ul className="signal-list">
      {signals.map((signal) => (
        <li key={signal.key}>
          <Link to={to(`/signals/${signal.key}`)} className="signal-line">
            <span className="signal-name">
              <span>
                <strong>{signal.name}</strong> <span className="muted small">{signal.mission_id}</span>
              </span>
              <span className="muted small">{signal.description}</span>
            </span>
            <StateTag state={signal.state} />
            <span className="small signal-figure">
              {t("computable", { some: format.count(signal.computable), all: format.count(signal.customers) })}
            </span>
            <span className="signal-figure">{t("fires", { customers: format.customers(signal.fires_now) })}</span>
            <span className="muted signal-figure">{t("weighs", { points: points(signal.points) })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
