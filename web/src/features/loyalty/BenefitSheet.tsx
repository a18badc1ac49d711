import type { Schemas } from "@/shared/api/client";
import { onDemand } from "@/shared/list/onDemand";

export type BenefitWhat = "coupon" | "redeem" | "adjust" | "quote";

export interface BenefitSheetProps {
  what: BenefitWhat;
  customerId: number;
  benefits: Schemas["CustomerLoyaltyOut"];
  onClose: () => void;
}

/** The forms of a customer's benefits, loaded when one is wanted. */
export const BenefitSheet = onDemand<BenefitSheetProps>(
  () => true,
  async () => (await import("./BenefitForm")).BenefitForm,
);
