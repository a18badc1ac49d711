import type { ComponentType } from "react";

/** An @ant-design icon without its own name: the text beside it, or the button's label, is the name. */
export function Icon({
  of: Glyph,
  className,
}: {
  of: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  className?: string;
}) {
  return <Glyph aria-hidden className={className} />;
}
