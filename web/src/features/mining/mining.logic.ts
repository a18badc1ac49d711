import type { Schemas } from "@/shared/api/client";

export type Mining = Schemas["MiningOut"];
export const KINDS = ["rules", "missed", "clusters", "links"] as const;
export type Kind = (typeof KINDS)[number];

/** Whether a search still has something to tell later. */
export const isGoing = ({ status }: Pick<Mining, "status">) => status === "queued" || status === "running";

/** A share as whole per cent: 0.614 is "61%". */
export const percent = (share: number) => `${Math.round(share * 100)}%`;

/** A share with its interval: "61% [55%–67%]". */
export const interval = (value: number, low: number, high: number) =>
  `${percent(value)} [${percent(low)}–${percent(high)}]`;

/** The cheapest threshold that catches most for each further alert; null where none catches anything. */
export function bestThreshold(steps: readonly Schemas["ThresholdOut"][]) {
  const useful = steps.filter(({ caught }) => caught > 0);
  if (useful.length === 0) return null;
  return useful.reduce((best, step) =>
    step.caught / (step.caught + step.more_alerts) > best.caught / (best.caught + best.more_alerts) ? step : best,
  );
}
