export const REASONS = [
  "handed_over",
  "owner_left",
  "contact_gone",
  "deleted_us",
  "one_colleague",
  "one_contact",
] as const;
export type Reason = (typeof REASONS)[number];

/** The reason of an address; an unknown one is no filter. */
export const reasonOf = (text: string): Reason | "" => REASONS.find((reason) => reason === text) ?? "";
