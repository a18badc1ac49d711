import { onDemand } from "@/shared/list/onDemand";

export interface WhyDrawerProps {
  open: boolean;
  /** Nothing: all rules about the customer. */
  ruleId: number | null;
  /** Nothing: the reader chooses one. */
  customerId: number | null;
  onClose: () => void;
  onRule?: (ruleId: number | null) => void;
  onCustomer?: (customerId: number) => void;
}

/** BEY-07 为什么 / 为什么没有: each condition with what it saw and when, and why an alert came or did not. */
export const WhyDrawer = onDemand<WhyDrawerProps>(
  ({ open }) => open,
  async () => (await import("./why/WhyPanel")).WhyPanel,
);
