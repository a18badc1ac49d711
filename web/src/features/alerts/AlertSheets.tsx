import { onDemand } from "@/shared/list/onDemand";
import type { AlertChanges } from "./useAlertChanges";

export type Asked = "assign" | "snooze" | "close" | null;

export interface AlertSheetsProps {
  asked: Asked;
  ids: number[];
  changes: AlertChanges;
  onClose: () => void;
}

/** The questions behind 转交, 静置 and 关闭, for one alert or many. */
export const AlertSheets = onDemand<AlertSheetsProps>(
  ({ asked }) => asked !== null,
  async () => (await import("./AlertQuestions")).AlertQuestions,
);
