import { onDemand } from "@/shared/list/onDemand";
import type { VisitTarget } from "./useRecordVisit";

export interface VisitSheetProps {
  target: VisitTarget | null;
  onClose: () => void;
}

/** 拜访记录: text, photos, place. `target` null = closed. */
export const VisitSheet = onDemand<VisitSheetProps>(
  ({ target }) => target !== null,
  async () => (await import("./VisitForm")).VisitForm,
);
