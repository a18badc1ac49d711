import { onDemand } from "@/shared/list/onDemand";

export interface NewTaskSheetProps {
  open: boolean;
  onClose: () => void;
  customerId?: number;
}

/** A task by hand; for the customer of the page, or for one that is chosen. */
export const NewTaskSheet = onDemand<NewTaskSheetProps>(
  ({ open }) => open,
  async () => (await import("./NewTaskForm")).NewTaskForm,
);
