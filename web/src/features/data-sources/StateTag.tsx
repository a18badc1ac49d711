import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import type { Batch } from "./mapping.logic";

type SourceState = Schemas["SourceOut"]["state"];

const BATCH_TONE: Record<Batch["status"], string> = {
  uploaded: "",
  ready: "",
  queued: "busy",
  running: "busy",
  done: "good",
  failed: "bad",
  cancelled: "",
};
const SOURCE_TONE: Record<SourceState, string> = { ok: "good", stale: "warn", failing: "bad", off: "", never: "" };

export function BatchState({ status }: { status: Batch["status"] }) {
  const { t } = useTranslation("dataSources");
  return <span className={`state-tag ${BATCH_TONE[status]}`}>{t(`status.${status}`)}</span>;
}

export function SourceHealth({ state }: { state: SourceState }) {
  const { t } = useTranslation("dataSources");
  return <span className={`state-tag ${SOURCE_TONE[state]}`}>{t(`health.${state}`)}</span>;
}
