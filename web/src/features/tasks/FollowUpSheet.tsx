import { onDemand } from "@/shared/list/onDemand";
import type { FollowUpTarget } from "./useFollowUp";

export interface FollowUpSheetProps {
  target: FollowUpTarget | null;
  onClose: () => void;
}

/** 跟进: result, note, next date. Two taps: the result and the button. `target` null = closed. */
export const FollowUpSheet = onDemand<FollowUpSheetProps>(
  ({ target }) => target !== null,
  async () => (await import("./FollowUpForm")).FollowUpForm,
);
