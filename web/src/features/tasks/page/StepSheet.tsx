import { onDemand } from "@/shared/list/onDemand";
import type { StepTarget } from "./steps.logic";

export interface StepSheetProps {
  target: StepTarget | null;
  itemId: number;
  onClose: () => void;
}

/** A new step, or one to change. `target` null = closed. */
export const StepSheet = onDemand<StepSheetProps>(
  ({ target }) => target !== null,
  async () => (await import("./StepForm")).StepForm,
);
