import { Button } from "antd";
import type { MouseEvent, ReactNode } from "react";
import { useNavigate } from "react-router";
import { useTo } from "@/shared/session/SessionContext";

/** A link within the workspace that looks like a button. */
export function LinkButton({ path, primary, children }: { path: string; primary?: boolean; children: ReactNode }) {
  const navigate = useNavigate();
  const href = useTo()(path);
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <Button href={href} type={primary ? "primary" : "default"} onClick={go}>
      {children}
    </Button>
  );
}
