import type { Schemas } from "@/shared/api/client";

export const ID_KINDS = ["wecom", "dingtalk", "feishu"] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** What a line of a roster gives, as one text. */
export function given(line: Schemas["RosterLineOut"]): string {
  return ID_KINDS.map((kind) => line[kind])
    .filter(Boolean)
    .join(" · ");
}
