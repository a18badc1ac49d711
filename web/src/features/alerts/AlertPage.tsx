import { ArrowLeftOutlined, PhoneOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { EvidenceDrawer } from "@/features/customer360/EvidenceDrawer";
import { FollowUpSheet } from "@/features/tasks/FollowUpSheet";
import type { FollowUpTarget } from "@/features/tasks/useFollowUp";
import { SendButton } from "@/features/wecom/SendButton";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { isDialable } from "@/shared/list/phone";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { AlertDetail } from "./AlertDetail";
import { deedOf } from "./do.logic";
import { targetOf } from "./targetOf";
import "./alerts.css";
import "@/shared/list/list.css";

type Alert = Schemas["AlertOut"];
const AlertDrawer = lazy(async () => ({ default: (await import("./AlertDrawer")).AlertDrawer }));

/** One alert at its own address: a drawer beside the list, a page on the phone. */
export function AlertPage() {
  const { t } = useTranslation("alerts");
  const phone = usePhone();
  const id = Number(useParams().alertId);
  const path = { slug: useSlug(), alert_id: id };
  const alert = api.useQuery("get", "/api/v1/w/{slug}/alerts/{alert_id}", { params: { path } });
  const [{ evidence, do: asked }, change] = useUrlState({ evidence: "", do: "" });
  const navigate = useNavigate();
  const list = useTo()("/alerts") + ofList(useLocation().search);
  const answered = useCallback(() => change({ do: "" }, { replace: true }), [change]);
  const body = alert.isError ? (
    <ErrorState error={alert.error} retry={() => void alert.refetch()} />
  ) : alert.data ? (
    <AlertDetail
      alert={alert.data}
      onEvidence={(signal) => change({ evidence: signal })}
      deed={deedOf(asked)}
      onDeed={answered}
    />
  ) : (
    <SkeletonRows />
  );
  const drawer = alert.data && (
    <EvidenceDrawer customerId={alert.data.customer.id} signal={evidence} onClose={() => change({ evidence: "" })} />
  );
  if (phone) {
    return (
      <div className="with-sticky-actions">
        <Link to={list} className="back-link">
          <Icon of={ArrowLeftOutlined} />
          {t("title")}
        </Link>
        {body}
        {alert.data && <PhoneActions alert={alert.data} />}
        {drawer}
      </div>
    );
  }
  return (
    <Suspense fallback={null}>
      <AlertDrawer alert={alert.data} onClose={() => navigate(list)}>
        {body}
        {drawer}
      </AlertDrawer>
    </Suspense>
  );
}

/** What of the address belongs to the list. */
function ofList(search: string): string {
  const kept = new URLSearchParams(search);
  kept.delete("evidence");
  kept.delete("do");
  const text = kept.toString();
  return text ? `?${text}` : "";
}

function PhoneActions({ alert }: { alert: Alert }) {
  const { t } = useTranslation(["alerts", "common"]);
  const can = useCan();
  const [followed, setFollowed] = useState<FollowUpTarget | null>(null);
  return (
    <div className="sticky-actions">
      <SendButton customerId={alert.customer.id} words={alert.suggestion} />
      <Button
        icon={<Icon of={PhoneOutlined} />}
        href={alert.phone ? `tel:${alert.phone}` : undefined}
        disabled={!isDialable(alert.phone)}
      >
        {t("call")}
      </Button>
      {can("handle") && (
        <Button type="primary" onClick={() => setFollowed(targetOf(alert))}>
          {t("common:action.followUp")}
        </Button>
      )}
      <FollowUpSheet target={followed} onClose={() => setFollowed(null)} />
    </div>
  );
}
