import { onDemand } from "@/shared/list/onDemand";
import type { RuleDraft, RuleOut } from "../types";

export interface VersionsDrawerProps {
  rule: RuleOut;
  open: boolean;
  onClose: () => void;
  /** The draft that a restored version has become. Nothing where nobody may edit. */
  onRestored?: (draft: RuleDraft) => void;
}

/** Who changed what, when; an older version can be made the draft. */
export const VersionsDrawer = onDemand<VersionsDrawerProps>(
  ({ open }) => open,
  async () => (await import("./VersionsPanel")).VersionsPanel,
);
