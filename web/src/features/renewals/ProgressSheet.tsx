import { onDemand } from "@/shared/list/onDemand";
import type { Renewal, Status } from "./renewals.logic";

export interface ProgressSheetProps {
  row: Renewal | null;
  status?: Status;
  onClose: () => void;
}

/** How a renewal stands: status, reason, next step, forecast. `status` opens with another status chosen. */
export const ProgressSheet = onDemand<ProgressSheetProps>(
  ({ row }) => row !== null,
  async () => (await import("./ProgressForm")).ProgressForm,
);
