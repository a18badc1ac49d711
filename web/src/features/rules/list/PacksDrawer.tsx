import { onDemand } from "@/shared/list/onDemand";

export interface PacksDrawerProps {
  open: boolean;
  mayEdit: boolean;
  onClose: () => void;
}

/** RUL-04: packs of rules to start from. */
export const PacksDrawer = onDemand<PacksDrawerProps>(
  ({ open }) => open,
  async () => (await import("./PacksPanel")).PacksPanel,
);
