import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssign } from "@/features/customers/useAssign";
import { InterviewSheet } from "@/features/feedback/InterviewSheet";
import { FollowUpSheet } from "@/features/tasks/FollowUpSheet";
import { NewTaskSheet } from "@/features/tasks/NewTaskSheet";
import { ReassignSheet } from "@/features/tasks/ReassignSheet";
import type { Schemas } from "@/shared/api/client";
import { OutcomeSheet } from "./OutcomeSheet";
import { OverrideSheet } from "./OverrideSheet";

export type Asked = "followUp" | "outcome" | "task" | "assign" | "override" | "interview" | null;

/** The questions behind the head's buttons; `ask` opens one. */
export function useCustomerActions(customer: Schemas["CustomerOut"] | undefined): {
  ask: (what: Asked) => void;
  sheets: ReactNode;
} {
  const { t } = useTranslation("customer360");
  const [asked, setAsked] = useState<Asked>(null);
  const { assign, busy } = useAssign();
  const close = () => setAsked(null);
  if (!customer) return { ask: setAsked, sheets: null };
  const target = {
    customerId: customer.id,
    customerName: customer.name,
    workItemId: customer.open_work_item_id,
    alertId: customer.open_alert_id,
  };
  const hand = (owner: number) => {
    assign([customer.id], owner);
    close();
  };
  const sheets = (
    <>
      <FollowUpSheet target={asked === "followUp" ? target : null} onClose={close} />
      <OutcomeSheet
        customerId={customer.id}
        open={asked === "outcome"}
        onClose={close}
        onLost={() => setAsked("interview")}
      />
      <InterviewSheet customerId={customer.id} open={asked === "interview"} onClose={close} />
      <OverrideSheet
        customerId={customer.id}
        score={customer.score?.score ?? null}
        open={asked === "override"}
        onClose={close}
      />
      <NewTaskSheet customerId={customer.id} open={asked === "task"} onClose={close} />
      <ReassignSheet
        title={t("action.assignTitle", { name: customer.name })}
        open={asked === "assign"}
        saving={busy}
        onClose={close}
        onSave={hand}
      />
    </>
  );
  return { ask: setAsked, sheets };
}
