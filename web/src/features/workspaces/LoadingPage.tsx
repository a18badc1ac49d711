import { Button } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { AuthLayout } from "@/features/auth/AuthLayout";
import { SetupSteps } from "@/features/auth/SetupSteps";
import { type Job, useJobOf } from "@/shared/session/useJob";
import { useRefreshSession } from "@/shared/session/useRefreshSession";
import { FormError } from "@/shared/ui/FormError";
import { JobProgress } from "@/shared/ui/JobProgress";

const FACTS = ["real", "marked", "clock"] as const;

/** While the sample loads: progress, and what the newcomer is about to see. Goes on by itself. */
export function LoadingPage() {
  const { t } = useTranslation("workspaces");
  const { slug = "", jobId = "" } = useParams();
  const navigate = useNavigate();
  const refresh = useRefreshSession();
  const onEnd = useCallback(
    async ({ status }: Job) => {
      await refresh();
      if (status === "done") void navigate(`/w/${slug}`, { replace: true });
    },
    [refresh, navigate, slug],
  );
  const job = useJobOf(slug, Number(jobId), onEnd);
  const failed = job?.status === "failed" || job?.status === "cancelled";
  return (
    <AuthLayout title={t("loading.title")} lead={t("loading.lead")}>
      <SetupSteps current="ready" />
      <div className="stack">
        {failed ? (
          <FormError error={job.error} />
        ) : (
          <JobProgress job={job ?? { progress: 0, stage: t("loading.starting") }} />
        )}
        <ul className="stack" style={{ gap: 8 }}>
          {FACTS.map((fact) => (
            <li key={fact} className="muted">
              {t(`loading.${fact}`)}
            </li>
          ))}
        </ul>
        <Link to={`/w/${slug}`}>
          <Button size="large" type={job?.status === "done" ? "primary" : "default"}>
            {t("loading.enter")}
          </Button>
        </Link>
      </div>
    </AuthLayout>
  );
}
