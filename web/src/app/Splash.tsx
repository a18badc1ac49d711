import { Logo } from "./Logo";

/** Shown for the blink before the first page. */
export function Splash() {
  return (
    <div style={{ display: "grid", placeItems: "center", minHeight: "100dvh" }} role="status">
      <Logo size={40} />
    </div>
  );
}
