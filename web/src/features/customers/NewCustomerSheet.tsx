import { onDemand } from "@/shared/list/onDemand";

export interface NewCustomerSheetProps {
  open: boolean;
  onClose: () => void;
}

/** A customer by hand; everything else comes with its data. */
export const NewCustomerSheet = onDemand<NewCustomerSheetProps>(
  ({ open }) => open,
  async () => (await import("./NewCustomerForm")).NewCustomerForm,
);
