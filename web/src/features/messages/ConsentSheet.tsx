import { onDemand } from "@/shared/list/onDemand";
import type { ConsentFormProps } from "./ConsentForm";

/** The evidence of a consent, asked when one is given. */
export const ConsentSheet = onDemand<ConsentFormProps>(
  () => true,
  async () => (await import("./ConsentForm")).ConsentForm,
);
