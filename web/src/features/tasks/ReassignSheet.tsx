import { onDemand } from "@/shared/list/onDemand";

export interface ReassignSheetProps {
  title: string;
  open: boolean;
  saving: boolean;
  onClose: () => void;
  onSave: (owner: number) => void;
}

/** Asks for the person who takes over. */
export const ReassignSheet = onDemand<ReassignSheetProps>(
  ({ open }) => open,
  async () => (await import("./ReassignForm")).ReassignForm,
);
