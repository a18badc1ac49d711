import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { actionsOf, type Row } from "./model.logic";

/** Cancel, shadow, publish, retire: what the state of a version allows, each with a question before it counts. */
export function VersionActions({ row, onChanged }: { row: Row; onChanged: () => void }) {
  const { t } = useTranslation("model");
  const slug = useSlug();
  const params = { path: { slug, number: row.number } };
  const [early, setEarly] = useState(false);
  const habits = { onSuccess: onChanged };
  const cancel = api.useMutation("post", "/api/v1/w/{slug}/model/versions/{number}/cancel", habits);
  const shadow = api.useMutation("post", "/api/v1/w/{slug}/model/versions/{number}/shadow", habits);
  const retire = api.useMutation("post", "/api/v1/w/{slug}/model/versions/{number}/retire", habits);
  const publish = api.useMutation("post", "/api/v1/w/{slug}/model/versions/{number}/publish", {
    onSuccess: () => {
      notifyDone(t("publish.done", { number: row.number }));
      onChanged();
    },
  });
  const may = actionsOf(row);
  const waits = row.shadow_left > 0;
  return (
    <div className="row wrap">
      {may.cancel && (
        <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate({ params })}>
          {t("train.cancel")}
        </Button>
      )}
      {may.shadow && (
        <Button size="small" loading={shadow.isPending} onClick={() => shadow.mutate({ params })}>
          {t("shadow.button")}
        </Button>
      )}
      {may.publish && (
        <Popconfirm
          title={t("publish.ask", { number: row.number })}
          description={
            waits && (
              <label className="small">
                <input type="checkbox" checked={early} onChange={(event) => setEarly(event.target.checked)} />
                {t("publish.early", { days: row.shadow_left })}
              </label>
            )
          }
          okText={t("publish.button")}
          okButtonProps={{ disabled: waits && !early }}
          onConfirm={() => publish.mutate({ params, body: { early } })}
        >
          <Button size="small" type="primary" loading={publish.isPending}>
            {t("publish.button")}
          </Button>
        </Popconfirm>
      )}
      {may.retire && (
        <Popconfirm
          title={t(row.status === "live" ? "retire.askLive" : "retire.ask", { number: row.number })}
          okText={t("retire.button")}
          onConfirm={() => retire.mutate({ params })}
        >
          <Button size="small" loading={retire.isPending}>
            {t("retire.button")}
          </Button>
        </Popconfirm>
      )}
    </div>
  );
}
