import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NewTaskSheet } from "@/features/tasks/NewTaskSheet";
import { TaskActions } from "@/features/tasks/TaskActions";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";

/** Work items of this customer: open ones, then those done. */
export function WorkPanel({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customer360");
  const can = useCan();
  const [creating, setCreating] = useState(false);
  const open = useItems(customerId, "open");
  const done = useItems(customerId, "done");
  const failed = [open, done].find(({ isError }) => isError);
  const finished = done.data?.items ?? [];
  return (
    <Panel
      title={t("work.title")}
      extra={
        can("handle") && (
          <Button type="link" onClick={() => setCreating(true)}>
            {t("work.new")}
          </Button>
        )
      }
    >
      {failed && <ErrorState error={failed.error} retry={() => void failed.refetch()} />}
      {open.isPending && <SkeletonRows rows={2} />}
      {open.data && (
        <TaskActions hideCustomer>
          {(list) => (
            <div className="work-list">
              {open.data.items.length ? list(open.data.items) : <p className="muted">{t("work.none")}</p>}
              {finished.length > 0 && (
                <details>
                  <summary>{t("work.done", { count: finished.length })}</summary>
                  {list(finished)}
                </details>
              )}
            </div>
          )}
        </TaskActions>
      )}
      <NewTaskSheet open={creating} onClose={() => setCreating(false)} customerId={customerId} />
    </Panel>
  );
}

function useItems(customerId: number, status: "open" | "done") {
  const slug = useSlug();
  const query = { customer_id: customerId, status, scope: "all", limit: 20 };
  return api.useQuery("get", "/api/v1/w/{slug}/work-items", { params: { path: { slug }, query } });
}
