import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { JobProgress } from "@/shared/ui/JobProgress";
import { Panel } from "@/shared/ui/Panel";
import { FileFacts } from "./FileFacts";
import type { Batch } from "./mapping.logic";

export function RunStep({ batch, onChanged }: { batch: Batch; onChanged: () => void }) {
  const { t } = useTranslation("dataSources");
  const slug = useSlug();
  const cancel = api.useMutation("post", "/api/v1/w/{slug}/imports/{batch_id}/cancel", { onSuccess: onChanged });
  return (
    <div className="wizard">
      <FileFacts batch={batch} matchRate={batch.match_rate} />
      <Panel title={t("run.title")}>
        <div className="stack">
          <JobProgress job={batch} />
          <p className="muted">{t("run.text")}</p>
          <div>
            <Button
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ params: { path: { slug, batch_id: batch.id } } })}
            >
              {t("run.cancel")}
            </Button>
          </div>
        </div>
      </Panel>
    </div>
  );
}
