import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { VisitTarget } from "./useRecordVisit";
import { VisitList } from "./VisitList";
import { VisitSheet } from "./VisitSheet";

/** Visits to a customer, with a button to log one. */
export function VisitsPanel({
  customer,
}: {
  customer: { id: number; name: string; open_work_item_id: number | null };
}) {
  const { t } = useTranslation("work");
  const can = useCan();
  const path = { slug: useSlug(), customer_id: customer.id };
  const visits = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/visits", { params: { path } });
  const [target, setTarget] = useState<VisitTarget | null>(null);
  const log = () =>
    setTarget({ customerId: customer.id, customerName: customer.name, workItemId: customer.open_work_item_id });
  return (
    <Panel
      title={t("visits.title")}
      extra={
        can("handle") && (
          <Button type="link" onClick={log}>
            {t("visits.log")}
          </Button>
        )
      }
    >
      {visits.isError && <ErrorState error={visits.error} retry={() => void visits.refetch()} />}
      {visits.isPending && <SkeletonRows rows={2} />}
      {visits.data && <VisitList visits={visits.data} />}
      <VisitSheet target={target} onClose={() => setTarget(null)} />
    </Panel>
  );
}
