import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { TrainButton } from "./TrainButton";
import { VersionPanel } from "./VersionPanel";
import { VersionsPanel } from "./VersionsPanel";
import "./model.css";

const DefinitionPanel = lazy(async () => ({ default: (await import("./DefinitionPanel")).DefinitionPanel }));

/** 模型: what counts as lost, training, versions, and one of them in full (`/model/:number`). */
export function ModelPage() {
  const { t } = useTranslation(["model", "shell", "promise"]);
  const slug = useSlug();
  const to = useTo();
  const { number } = useParams();
  const [busy, setBusy] = useState(false);
  const page = api.useQuery(
    "get",
    "/api/v1/w/{slug}/model",
    { params: { path: { slug } } },
    { refetchInterval: busy ? 1500 : false },
  );
  const { data } = page;
  const training = data?.versions.some(({ status }) => status === "training") ?? false;
  if (training !== busy) setBusy(training);
  const refresh = () => void page.refetch();
  const shown = number ? Number(number) : (data?.live ?? data?.versions.find((row) => row.rows > 0)?.number ?? null);
  return (
    <>
      <PageHeader
        title={t("shell:nav.model")}
        actions={
          <>
            <Link to={to("/model/promise")}>{t("promise:title")}</Link>
            {shown !== null && <Link to={to(`/model/${shown}/card`)}>{t("promise:card.title")}</Link>}
            {data?.may_publish && <TrainButton training={training} onStarted={refresh} />}
          </>
        }
      />
      <div className="stack model-page">
        <p className="muted">{t("model:text")}</p>
        {page.isError && <ErrorState error={page.error} retry={refresh} />}
        {page.isPending && <SkeletonRows />}
        {data && (
          <Suspense fallback={<SkeletonRows />}>
            <DefinitionPanel setting={data.setting} mayEdit={data.may_publish} onSaved={refresh} />
          </Suspense>
        )}
        {data && <VersionsPanel page={data} shown={shown} onChanged={refresh} />}
        {data && shown !== null && (
          <VersionPanel key={shown} number={shown} mayPublish={data.may_publish} onChanged={refresh} />
        )}
      </div>
    </>
  );
}
