import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { FollowUpSheet } from "./FollowUpSheet";
import { ReassignSheet } from "./ReassignSheet";
import { type Selection, TaskCard } from "./TaskCard";
import type { WorkItem } from "./tasks.logic";
import type { FollowUpTarget } from "./useFollowUp";
import { useTaskChanges } from "./useTaskChanges";

export function targetOf(item: WorkItem): FollowUpTarget {
  return {
    customerId: item.customer.id,
    customerName: item.customer.name,
    workItemId: item.id,
    alertId: item.alert_id,
  };
}

/** Cards of work items with everything that can be done to them. `children` gets the renderer of a list. */
export function TaskActions({
  children,
  hideCustomer,
  selection,
}: {
  children: (list: (items: readonly WorkItem[]) => ReactNode) => ReactNode;
  hideCustomer?: boolean;
  selection?: Selection;
}) {
  const { t } = useTranslation("tasks");
  const [followed, setFollowed] = useState<FollowUpTarget | null>(null);
  const [handed, setHanded] = useState<WorkItem | null>(null);
  const { finish, reopen, reassign, busy } = useTaskChanges();
  const list = (items: readonly WorkItem[]) => (
    <ul className="cards">
      {items.map((item) => (
        <TaskCard
          key={item.id}
          item={item}
          hideCustomer={hideCustomer}
          selection={selection}
          onDone={finish}
          onReopen={reopen}
          onFollowUp={(chosen) => setFollowed(targetOf(chosen))}
          onReassign={setHanded}
        />
      ))}
    </ul>
  );
  const hand = (owner: number) => {
    if (handed) reassign(handed, owner);
    setHanded(null);
  };
  return (
    <>
      {children(list)}
      <FollowUpSheet target={followed} onClose={() => setFollowed(null)} />
      <ReassignSheet
        title={t("reassign.title")}
        open={handed !== null}
        saving={busy}
        onClose={() => setHanded(null)}
        onSave={hand}
      />
    </>
  );
}
