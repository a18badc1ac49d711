import { onDemand } from "@/shared/list/onDemand";

export interface InterviewSheetProps {
  customerId: number;
  open: boolean;
  onClose: () => void;
}

/** 离开访谈, loaded when it is first wanted. */
export const InterviewSheet = onDemand<InterviewSheetProps>(
  ({ open }) => open,
  async () => (await import("./InterviewForm")).InterviewForm,
);
