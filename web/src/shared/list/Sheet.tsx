import { lazy, type ReactNode, Suspense, useState } from "react";

export interface SheetProps {
  open: boolean;
  title: string;
  children: ReactNode;
  onClose: () => void;
  onSave: () => void;
  saveLabel?: string;
  saving?: boolean;
  /** Not ready to be saved. */
  disabled?: boolean;
}

const Frame = lazy(async () => ({ default: (await import("./SheetFrame")).SheetFrame }));

/**
 * A short form: a dialogue on the desktop, from below on the phone. Enter saves, Escape closes.
 * What draws it is loaded when one is first opened; it stays then, so that closing can be seen.
 */
export function Sheet(props: SheetProps) {
  const [wanted, setWanted] = useState(props.open);
  if (props.open && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Frame {...props} />
    </Suspense>
  );
}
