import { onDemand } from "@/shared/list/onDemand";

export interface OverrideSheetProps {
  customerId: number;
  score: number | null;
  open: boolean;
  onClose: () => void;
}

/** 人工调整: fixes a score or moves it, with a reason, until a day. */
export const OverrideSheet = onDemand<OverrideSheetProps>(
  ({ open }) => open,
  async () => (await import("./OverrideForm")).OverrideForm,
);
