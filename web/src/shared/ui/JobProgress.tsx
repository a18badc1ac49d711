import type { Schemas } from "../api/client";
import "./jobProgress.css";

/** Stage and share of background work, also for screen readers. */
export function JobProgress({ job }: { job: Pick<Schemas["JobOut"], "progress" | "stage"> }) {
  const percent = Math.round(job.progress * 100);
  return (
    <div>
      <div className="spread small">
        <span aria-live="polite">{job.stage}</span>
        <span className="num">{percent}%</span>
      </div>
      <div
        className="job-track"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={job.stage || "%"}
      >
        <div className="job-fill" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
