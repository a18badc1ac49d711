import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { LadderPanel } from "./LadderPanel";
import { PlanBar } from "./PlanBar";
import { PreviewPanel } from "./PreviewPanel";
import { RoutesPanel } from "./RoutesPanel";
import type { Plan } from "./routing.logic";
import { VersionsPanel } from "./VersionsPanel";
import "./routing.css";
import "@/shared/list/list.css";

type Routing = Schemas["RoutingOut"];

/** 分派与升级: who is told of which alert, how fast, and who next when nobody follows up. */
export function RoutingPage() {
  const can = useCan();
  const slug = useSlug();
  const path = { params: { path: { slug } } };
  const may = can("publish");
  const routing = api.useQuery("get", "/api/v1/w/{slug}/routing", path, { enabled: may });
  if (!may) return <NoPermission />;
  if (routing.isError) return <ErrorState error={routing.error} retry={() => void routing.refetch()} />;
  if (!routing.data) return <SkeletonRows rows={6} />;
  return <Editor key={routing.data.number} routing={routing.data} onPublished={() => void routing.refetch()} />;
}

function Editor({ routing, onPublished }: { routing: Routing; onPublished: () => void }) {
  const { t } = useTranslation("routing");
  const { dayTime } = useFormat();
  const [plan, setPlan] = useState<Plan>(routing.plan);
  const { published_by: by, published_at: at } = routing;
  return (
    <div className="stack">
      <div className="spread wrap">
        <p className="muted">
          {at
            ? t("state.published", { number: routing.number, name: by?.name ?? "—", when: dayTime(at) })
            : t("state.default")}
        </p>
        <PlanBar routing={routing} plan={plan} onChange={setPlan} onPublished={onPublished} />
      </div>
      <RoutesPanel plan={plan} options={routing.options} onChange={setPlan} />
      <PreviewPanel plan={plan} />
      <LadderPanel plan={plan} options={routing.options} onChange={setPlan} />
      <VersionsPanel number={routing.number} onLoad={setPlan} />
    </div>
  );
}
