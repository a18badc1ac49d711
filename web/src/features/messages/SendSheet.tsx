import { onDemand } from "@/shared/list/onDemand";

export interface SendSheetProps {
  open: boolean;
  onClose: () => void;
  customerId: number;
  customerName: string;
}

/** 发消息 to one customer, with the governor's word before it is sent. */
export const SendSheet = onDemand<SendSheetProps>(
  ({ open }) => open,
  async () => (await import("./SendForm")).SendForm,
);
