import { onDemand } from "@/shared/list/onDemand";

export interface OutcomeSheetProps {
  customerId: number;
  open: boolean;
  onClose: () => void;
  /** A loss was registered: the moment to ask why. */
  onLost?: () => void;
}

/** 登记结果: what became of the customer. It closes the alerts, and it can be taken back. */
export const OutcomeSheet = onDemand<OutcomeSheetProps>(
  ({ open }) => open,
  async () => (await import("./OutcomeForm")).OutcomeForm,
);
