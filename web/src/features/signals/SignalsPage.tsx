import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { SearchInput } from "@/shared/list/SearchInput";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { SignalList } from "./SignalList";
import { byFamily, type Library, STATES, type State, stateOf } from "./signals.logic";
import "./signals.css";
import "@/shared/list/list.css";

/** 信号库: all signals in their six families, with what they weigh and for whom they fire now. */
export function SignalsPage() {
  const { t } = useTranslation(["signals", "shell"]);
  const slug = useSlug();
  const format = useFormat();
  const library = api.useQuery("get", "/api/v1/w/{slug}/signals", { params: { path: { slug } } });
  const { data } = library;
  return (
    <>
      <PageHeader
        title={t("shell:nav.signals")}
        meta={data?.as_of ? t("signals:meta", { when: format.dayTime(data.as_of) }) : t("signals:metaNever")}
      />
      {library.isError && <ErrorState error={library.error} retry={() => void library.refetch()} />}
      {library.isPending && <SkeletonRows rows={8} />}
      {data && <Families library={data} />}
    </>
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
