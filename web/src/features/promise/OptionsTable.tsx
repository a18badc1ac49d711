import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { type Option, percentOf, small } from "./promise.logic";

/** What each target costs: the higher the promise, the fewer losses are caught. */
export function OptionsTable({ options, onPick }: { options: readonly Option[]; onPick: (percent: number) => void }) {
  const { t } = useTranslation("promise");
  const { percent } = useFormat();
  const share = (value: number | null) => (value === null ? "—" : percent(value));
  const range = ({ value, low, high }: Option["precision"]) =>
    low === null || high === null ? share(value) : `${share(value)} (${percent(low)}–${percent(high)})`;
  return (
    <Panel title={t("options.title")} flush>
      <SimpleTable
        label={t("options.title")}
        rows={options}
        rowKey={({ target }) => target}
        columns={[
          {
            key: "target",
            title: t("options.target"),
            render: ({ target }) => (
              <button type="button" className="link-button" onClick={() => onPick(percentOf(target))}>
                {percentOf(target)}%
              </button>
            ),
          },
          {
            key: "verdict",
            title: t("options.verdict"),
            render: ({ verdict }) => <span className={`promise-tag promise-${verdict}`}>{t(`short.${verdict}`)}</span>,
          },
          { key: "precision", title: t("figure.precision"), end: true, render: (one) => range(one.precision) },
          { key: "base", title: t("figure.base"), end: true, render: (one) => share(one.base_rate.value) },
          { key: "recall", title: t("fact.recall"), end: true, render: (one) => share(one.recall.value) },
          { key: "week", title: t("fact.perWeek"), end: true, render: (one) => small(one.alerts_per_week) },
          {
            key: "kept",
            title: t("fact.kept"),
            end: true,
            render: (one) =>
              `${t("fact.keptOf", { kept: one.kept, made: one.made })}${t("fact.refused", { count: one.refusals })}`,
          },
        ]}
      />
    </Panel>
  );
}
