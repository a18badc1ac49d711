import { CloseOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateAfter, morningOf } from "@/shared/list/moments";
import { Sheet } from "@/shared/list/Sheet";
import { useCan, useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { ReassignSheet } from "./ReassignSheet";
import { useBulkTasks } from "./useBulkTasks";

/** What can be done with the selected tasks; every change can be undone. */
export function TaskBulkBar({ ids, onDone }: { ids: number[]; onDone: () => void }) {
  const { t } = useTranslation(["work", "tasks"]);
  const can = useCan();
  const { now, time_zone: zone } = useWorkspace();
  const { busy, run } = useBulkTasks();
  const [asked, setAsked] = useState<"assign" | "postpone" | null>(null);
  const [until, setUntil] = useState(() => dateAfter(now, zone, 3));
  const act = (...args: Parameters<typeof run>) => {
    run(...args);
    setAsked(null);
    onDone();
  };
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t("bulk.label")}>
      <strong>{t("bulk.selected", { count: ids.length })}</strong>
      <Button type="primary" loading={busy} onClick={() => act(ids, "claim")}>
        {t("claim")}
      </Button>
      {can("assign") && <Button onClick={() => setAsked("assign")}>{t("bulk.assign")}</Button>}
      <Button onClick={() => setAsked("postpone")}>{t("bulk.postpone")}</Button>
      <Button onClick={() => act(ids, "finish")}>{t("finish")}</Button>
      <Button type="text" icon={<Icon of={CloseOutlined} />} aria-label={t("bulk.clear")} onClick={onDone} />
      <ReassignSheet
        title={t("tasks:reassign.title")}
        open={asked === "assign"}
        saving={busy}
        onClose={() => setAsked(null)}
        onSave={(owner_id) => act(ids, "assign", { owner_id })}
      />
      <Sheet
        open={asked === "postpone"}
        title={t("bulk.postpone")}
        onClose={() => setAsked(null)}
        onSave={() => act(ids, "postpone", { due_at: morningOf(until, now, zone) })}
        disabled={!until}
      >
        <Field label={t("bulk.until")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={dateAfter(now, zone, 1)}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
      </Sheet>
    </div>
  );
}
