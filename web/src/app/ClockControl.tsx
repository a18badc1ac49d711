import { FieldTimeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { startOfDay } from "@/shared/lib/dates";
import { useCan, useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { useJob } from "@/shared/session/useJob";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { Icon } from "@/shared/ui/Icon";
import { JobProgress } from "@/shared/ui/JobProgress";
import { Popover } from "@/shared/ui/Popover";

const STEPS = [1, 7] as const;

/** 时间机器: plays the sample forward day by day; each day scores and alerts as it would have. */
export function ClockControl({ compact }: { compact?: boolean }) {
  const { t } = useTranslation("shell");
  const { slug, now, clock_max, time_zone } = useWorkspace();
  const { day } = useFormat();
  const mayMove = useCan()("workspace");
  const refresh = useRefreshAll();
  const [jobId, setJobId] = useState<number | null>(null);
  const job = useJob(jobId, refresh);
  const move = api.useMutation("post", "/api/v1/w/{slug}/clock", { onSuccess: ({ id }) => setJobId(id) });
  const running = move.isPending || job?.status === "queued" || job?.status === "running";
  const fits = (days: number) => !clock_max || startOfDay(now, time_zone, days) <= new Date(clock_max).toISOString();
  return (
    <Popover
      label={t("clock.title")}
      trigger={(props) => (
        <button
          type="button"
          className={compact ? "icon-button" : "clock-chip"}
          aria-label={t("clock.named", { day: day(now) })}
          {...props}
        >
          <Icon of={FieldTimeOutlined} />
          {!compact && <span className="num">{day(now)}</span>}
        </button>
      )}
    >
      {() => (
        <div className="clock-panel stack" style={{ gap: 10 }}>
          <div className="spread">
            <strong>{t("clock.title")}</strong>
            <span className="num">{day(now)}</span>
          </div>
          <p className="muted small">{t("clock.text")}</p>
          {job && running ? <JobProgress job={job} /> : null}
          {job?.status === "failed" && <p role="alert">{job.error?.message}</p>}
          {mayMove ? (
            <div className="row">
              {STEPS.map((days) => (
                <Button
                  key={days}
                  type={days === 1 ? "primary" : "default"}
                  disabled={running || !fits(days)}
                  onClick={() => move.mutate({ params: { path: { slug } }, body: { days } })}
                >
                  {t("clock.forward", { days })}
                </Button>
              ))}
            </div>
          ) : (
            <p className="muted small">{t("clock.adminOnly")}</p>
          )}
          {clock_max && <p className="muted small">{t("clock.until", { day: day(clock_max) })}</p>}
        </div>
      )}
    </Popover>
  );
}
