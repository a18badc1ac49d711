import { onDemand } from "@/shared/list/onDemand";
import type { About } from "./tickets.logic";

export interface RaiseSheetProps {
  open: boolean;
  about: About;
  customerName: string;
  onClose: () => void;
}

/** Asks another team for something. */
export const RaiseSheet = onDemand<RaiseSheetProps>(
  ({ open }) => open,
  async () => (await import("./RaiseForm")).RaiseForm,
);
