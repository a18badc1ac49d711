import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ComparisonTable } from "./ComparisonTable";
import { ImportancePanel } from "./ImportancePanel";
import type { Version } from "./model.logic";
import { ShadowPanel } from "./ShadowPanel";
import { WeightsPanel } from "./WeightsPanel";

interface Props {
  number: number;
  mayPublish: boolean;
  onChanged: () => void;
}

/** One version in full: what it learned from, how it compares, which weights it suggests, its days in shadow. */
export function VersionPanel({ number, mayPublish, onChanged }: Props) {
  const { t } = useTranslation("model");
  const slug = useSlug();
  const version = api.useQuery("get", "/api/v1/w/{slug}/model/versions/{number}", {
    params: { path: { slug, number } },
  });
  const { data } = version;
  if (version.isError) return <ErrorState error={version.error} retry={() => void version.refetch()} />;
  if (!data) return <SkeletonRows />;
  return (
    <>
      <Panel title={t("version.title", { number })}>
        <Facts version={data} />
        <ComparisonTable rows={data.comparison} />
        {data.leaks.length > 0 && (
          <>
            <h3>{t("version.leaks")}</h3>
            <ul className="missing">
              {data.leaks.map(({ check, text }) => (
                <li key={`${check}${text}`}>{text}</li>
              ))}
            </ul>
          </>
        )}
      </Panel>
      {data.shadow.length > 0 && <ShadowPanel days={data.shadow} />}
      {(data.weights.length > 0 || data.seasons.length > 0) && (
        <WeightsPanel version={data} mayApprove={mayPublish} onApproved={onChanged} />
      )}
      {data.importance.length > 0 && <ImportancePanel rows={data.importance} />}
    </>
  );
}

function Facts({ version }: { version: Version }) {
  const { t } = useTranslation("model");
  const { count, customers, percent } = useFormat();
  const facts = [
    ["rows", count(version.rows)],
    ["customers", customers(version.customers)],
    ["lost", customers(version.lost)],
    ["origins", `${count(version.origins.length)} (${count(version.judged)})`],
    ["rate", version.base_rate === null ? "—" : percent(version.base_rate)],
    ["slope", version.slope === null ? "—" : version.slope.toFixed(2)],
    ["promise", t(version.promise_logit === null ? "version.promiseNo" : "version.promiseYes")],
  ] as const;
  return (
    <dl className="model-facts">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`version.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
