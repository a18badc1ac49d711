import { useEffect } from "react";
import { useLocation } from "react-router";
import { useUrlState } from "@/shared/lib/urlState";
import { onDemand } from "@/shared/list/onDemand";
import { asksForHelp, HELP_URL, type Topic, topicAt, topicOf } from "./help.logic";

export interface HelpPanelProps {
  topic: Topic | null;
  onTopic: (topic: Topic) => void;
  onClose: () => void;
}

const Panel = onDemand<HelpPanelProps>(
  ({ topic }) => topic !== null,
  async () => (await import("./HelpPanel")).HelpPanel,
);

/** NCD-03: help beside every page, by the key `?` and by address (`help=alert`). */
export function HelpDrawer() {
  const { pathname } = useLocation();
  const [{ help }, change] = useUrlState(HELP_URL);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!asksForHelp(event)) return;
      event.preventDefault();
      change({ help: help ? "" : topicAt(pathname) });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [change, help, pathname]);
  return (
    <Panel topic={topicOf(help)} onTopic={(topic) => change({ help: topic })} onClose={() => change({ help: "" })} />
  );
}
