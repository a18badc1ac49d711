import { useEffect, useState } from "react";
import { listenForToasts, type Toast } from "./notify";
import "./toasts.css";

const MOST = 3;
const SECONDS = { good: 3, bad: 6 } as const;

function Item({ toast, onGone }: { toast: Toast; onGone: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onGone, SECONDS[toast.tone] * 1000);
    return () => clearTimeout(timer);
  }, [toast, onGone]);
  return (
    <div className={`toast ${toast.tone}`} role={toast.tone === "bad" ? "alert" : "status"}>
      <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden>
        <path d={toast.tone === "bad" ? "M8 3v6m0 3v.5" : "m3 8.500 3.500 3.500L13 5"} />
      </svg>
      {toast.text}
    </div>
  );
}

/** What was done or refused, at the top for a few seconds, read out by screen readers. Mounted once. */
export function Toasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  useEffect(() => listenForToasts((toast) => setToasts((shown) => [...shown, toast].slice(-MOST))), []);
  return (
    <div className="toasts">
      {toasts.map((toast) => (
        <Item
          key={toast.id}
          toast={toast}
          onGone={() => setToasts((shown) => shown.filter(({ id }) => id !== toast.id))}
        />
      ))}
    </div>
  );
}
