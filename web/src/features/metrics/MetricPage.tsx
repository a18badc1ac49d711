import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { LinkButton } from "./LinkButton";
import { MetricEditor } from "./MetricEditor";
import { MetricReader } from "./MetricReader";
import { draftOf } from "./metrics.logic";
import "./metrics.css";

function Back() {
  const { t } = useTranslation("metrics");
  const to = useTo();
  return <Link to={to("/metrics")}>{t("back")}</Link>;
}

function Copy({ code }: { code: string }) {
  const { t } = useTranslation("metrics");
  return <LinkButton path={`/metrics/new?from=${code}`}>{t("copy")}</LinkButton>;
}

function NewOne({ data, from }: { data: Schemas["MetricsOut"]; from: string | null }) {
  const { t } = useTranslation("metrics");
  const origin = data.metrics.find(({ code }) => code === from);
  const name = origin ? t("copyName", { name: origin.name }) : "";
  return (
    <>
      <PageHeader title={t("new")} meta={<Back />} />
      <MetricEditor key={from} code={null} start={{ ...draftOf(origin), name }} form={data.form} />
    </>
  );
}

function One({ data, code }: { data: Schemas["MetricsOut"]; code: string }) {
  const { t } = useTranslation("metrics");
  const mayEdit = useCan()("publish");
  const metric = data.metrics.find((one) => one.code === code);
  if (!metric)
    return (
      <EmptyState title={t("none")}>
        <Back />
      </EmptyState>
    );
  const editable = mayEdit && !metric.builtin;
  return (
    <>
      <PageHeader
        title={metric.name}
        meta={<Back />}
        actions={mayEdit && metric.spec ? <Copy code={metric.code} /> : undefined}
      />
      {editable ? (
        <MetricEditor key={code} code={code} start={draftOf(metric)} form={data.form} />
      ) : (
        <MetricReader metric={metric} />
      )}
    </>
  );
}

/** One metric: edited where it is one's own, read where it is built in; `/metrics/new` makes one. */
export function MetricPage() {
  const { t } = useTranslation("shell");
  const slug = useSlug();
  const { code } = useParams();
  const [search] = useSearchParams();
  const list = api.useQuery("get", "/api/v1/w/{slug}/metrics", { params: { path: { slug } } });
  if (list.data)
    return code ? <One data={list.data} code={code} /> : <NewOne data={list.data} from={search.get("from")} />;
  return (
    <>
      <PageHeader title={t("nav.metrics")} />
      {list.isError ? <ErrorState error={list.error} retry={() => void list.refetch()} /> : <SkeletonRows rows={8} />}
    </>
  );
}
