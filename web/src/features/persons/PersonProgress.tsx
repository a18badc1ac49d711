import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";
import { JobProgress } from "@/shared/ui/JobProgress";
import { stateOf, total } from "./persons.logic";

/** How far a request is, and what came of it. */
export function PersonProgress({ request }: { request: Schemas["PersonRequestOut"] }) {
  const { t } = useTranslation("persons");
  const { list } = useFormat();
  const state = stateOf(request);
  if (state === "running") return <JobProgress job={request.job ?? { progress: 0, stage: t("state.running") }} />;
  if (state === "failed") return <p role="alert">{request.job?.error?.message ?? t("state.failed")}</p>;
  return (
    <div role="status" className="person-result">
      <strong>{t(`done.${request.kind}`, { n: total(request.rows) })}</strong>
      {state === "left" && <p role="alert">{t("done.left", { places: list(request.left) })}</p>}
      {state === "done" && request.kind === "erase" && (
        <p className="muted">{t("done.clean", { n: request.searched })}</p>
      )}
      {request.proof && <p className="small muted person-proof">{t("done.proof", { proof: request.proof })}</p>}
    </div>
  );
}
