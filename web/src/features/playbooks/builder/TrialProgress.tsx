import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { JobProgress } from "@/shared/ui/JobProgress";
import type { Trial } from "./useSimulation";

/** How far a 试运行 is, with a button that stops it; nothing while none goes on. */
export function TrialProgress({ trial }: { trial: Trial }) {
  const { t } = useTranslation("playbooks");
  if (!trial.going) return null;
  return (
    <div className="spread" role="status">
      <JobProgress job={{ progress: trial.run?.progress ?? 0, stage: trial.run?.stage || t("sim.queued") }} />
      {trial.run && <Button onClick={trial.cancel}>{t("sim.cancel")}</Button>}
    </div>
  );
}
