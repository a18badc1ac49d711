import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { LibraryPage } from "../signals/LibraryPage";
import { type Library, type Unlock, unlocks } from "../signals/signals.logic";
import { FamilyBars } from "./FamilyBars";
import { SignalGaps } from "./SignalGaps";
import "./readiness.css";
import "@/shared/list/list.css";

/** 数据就绪度 (DAT-15): which signals the data can tell, for how many customers, and what would unlock the others. */
export function ReadinessPage() {
  const { t } = useTranslation(["readiness", "shell"]);
  return (
    <LibraryPage
      title={t("shell:nav.readiness")}
      meta={(when) => (when === null ? t("readiness:metaNever") : t("readiness:meta", { when }))}
    >
      {(library) => <Body library={library} />}
    </LibraryPage>
  );
}

function Body({ library }: { library: Library }) {
  const { t } = useTranslation("readiness");
  const ready = library.signals.filter(({ state }) => state === "ready").length;
  return (
    <div className="stack">
      <div className="readiness-top">
        <Panel
          title={t("families")}
          extra={<strong>{t("ready", { some: ready, all: library.signals.length })}</strong>}
        >
          <FamilyBars families={library.families} />
        </Panel>
        <Panel title={t("unlock.title")}>
          <Unlocks found={unlocks(library.signals)} waiting={waiting(library)} />
        </Panel>
      </div>
      <SignalGaps library={library} />
    </div>
  );
}

/** How many signals wait for the text reader. */
const waiting = ({ signals }: Library) =>
  signals.filter(({ unlock }) => unlock.some(({ kind }) => kind === "text")).length;

function Unlocks({ found, waiting }: { found: readonly Unlock[]; waiting: number }) {
  const { t } = useTranslation("readiness");
  const { list } = useFormat();
  const to = useTo();
  const can = useCan();
  if (found.length === 0 && waiting === 0) return <EmptyState title={t("unlock.none")} />;
  return (
    <ul className="readiness-unlocks">
      {found.map(({ entity, label, signals }) => (
        <li key={entity} className="spread">
          <span className="grow">
            <strong>{label}</strong> <span className="muted small">{list(signals.map(({ name }) => name))}</span>
          </span>
          {can("import") ? (
            <Link to={to(`/data/import?entity=${entity}`)}>{t("unlock.import", { count: signals.length })}</Link>
          ) : (
            <span className="muted">{t("unlock.count", { count: signals.length })}</span>
          )}
        </li>
      ))}
      {waiting > 0 && (
        <li className="spread">
          <span className="grow">{t("unlock.text")}</span>
          <span className="muted">{t("unlock.count", { count: waiting })}</span>
        </li>
      )}
    </ul>
  );
}
