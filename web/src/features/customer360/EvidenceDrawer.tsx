import { onDemand } from "@/shared/list/onDemand";

export interface EvidenceDrawerProps {
  customerId: number;
  signal: string;
  onClose: () => void;
}

/** The raw rows behind a reason. `signal` empty = closed. */
export const EvidenceDrawer = onDemand<EvidenceDrawerProps>(
  ({ signal }) => signal !== "",
  async () => (await import("./EvidencePanel")).EvidencePanel,
);
