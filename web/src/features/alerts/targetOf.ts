import type { FollowUpTarget } from "@/features/tasks/useFollowUp";
import type { Schemas } from "@/shared/api/client";

/** An alert and its task are one work item: the follow-up goes there. */
export function targetOf(alert: Schemas["AlertOut"]): FollowUpTarget {
  return {
    customerId: alert.customer.id,
    customerName: alert.customer.name,
    workItemId: alert.work_item_id,
    alertId: alert.id,
  };
}
