import { useTranslation } from "react-i18next";
import { useUrlState } from "@/shared/lib/urlState";
import { SearchInput } from "@/shared/list/SearchInput";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { LibraryPage } from "./LibraryPage";
import { SignalList } from "./SignalList";
import { byFamily, type Library, STATES, type State, stateOf } from "./signals.logic";
import "./signals.css";
import "@/shared/list/list.css";

/** 信号库: all signals in their six families, with what they weigh and for whom they fire now. */
export function SignalsPage() {
  const { t } = useTranslation(["signals", "shell"]);
  return (
    <LibraryPage
      title={t("shell:nav.signals")}
      meta={(when) => (when === null ? t("signals:metaNever") : t("signals:meta", { when }))}
    >
      {(library) => <Families library={library} />}
    </LibraryPage>
  );
}

function Families({ library }: { library: Library }) {
  const { t } = useTranslation(["signals", "common"]);
  const [url, change] = useUrlState({ state: "", q: "" });
  const state = stateOf(url.state);
  const families = byFamily(library, state, url.q);
  const count = (one: State | "") => library.signals.filter((signal) => one === "" || signal.state === one).length;
  return (
    <div className="stack">
      <div className="row wrap">
        <Chips<State | "">
          label={t("signals:state.label")}
          value={state}
          onChange={(next) => change({ state: next })}
          items={(["", ...STATES] as const).map((key) => ({
            key,
            label: t(key ? `signals:state.${key}` : "common:state.all"),
            count: count(key),
          }))}
        />
        <SearchInput label={t("signals:search")} value={url.q} onChange={(q) => change({ q }, { replace: true })} />
      </div>
      {families.length === 0 && <EmptyState title={t("signals:empty")} />}
      {families.map(({ family, signals }) => (
        <Panel key={family} title={t(`signals:family.${family as "payment"}`)} flush>
          <SignalList signals={signals} />
        </Panel>
      ))}
    </div>
  );
}
