import { onDemand } from "@/shared/list/onDemand";

/** Whose customers; without owner everybody's. */
export interface SilentAsk {
  owner: number | null;
  name: string;
}

export interface SilentDrawerProps {
  ask: SilentAsk | null;
  days: number;
  onClose: () => void;
}

/** High-value customers whom nobody has spoken to. */
export const SilentDrawer = onDemand<SilentDrawerProps>(
  ({ ask }) => ask !== null,
  async () => (await import("./SilentPanel")).SilentPanel,
);
