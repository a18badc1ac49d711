import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReassignSheet } from "@/features/tasks/ReassignSheet";
import { Choices } from "@/shared/list/Choices";
import { dateAfter, morningOf } from "@/shared/list/moments";
import { Sheet } from "@/shared/list/Sheet";
import { useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import type { AlertSheetsProps } from "./AlertSheets";

/** The questions behind 转交, 静置 and 关闭, for one alert or many. */
export function AlertQuestions({ asked, ids, changes, onClose }: AlertSheetsProps) {
  const { t } = useTranslation("alerts");
  const assign = (owner: number) => {
    changes.assign(ids, owner);
    onClose();
  };
  return (
    <>
      <ReassignSheet
        title={t("assign.title", { count: ids.length })}
        open={asked === "assign"}
        saving={changes.busy}
        onClose={onClose}
        onSave={assign}
      />
      <SnoozeSheet open={asked === "snooze"} ids={ids} changes={changes} onClose={onClose} />
      <CloseSheet open={asked === "close"} ids={ids} changes={changes} onClose={onClose} />
    </>
  );
}

type OneSheet = Omit<AlertSheetsProps, "asked"> & { open: boolean };
const SNOOZE_DAYS = [1, 3, 7, 30] as const;

function SnoozeSheet({ open, ids, changes, onClose }: OneSheet) {
  const { t } = useTranslation("alerts");
  const { now, time_zone: zone } = useWorkspace();
  const [date, setDate] = useState(() => dateAfter(now, zone, 7));
  const save = () => {
    changes.snooze(ids, morningOf(date, now, zone));
    onClose();
  };
  return (
    <Sheet
      open={open}
      title={t("snooze.title", { count: ids.length })}
      onClose={onClose}
      onSave={save}
      saveLabel={t("snooze.save")}
      disabled={!date}
    >
      <Field label={t("snooze.until")} hint={t("snooze.hint")}>
        {(control) => (
          <div className="row wrap">
            {SNOOZE_DAYS.map((days) => (
              <button
                key={days}
                type="button"
                className="chip"
                aria-pressed={dateAfter(now, zone, days) === date}
                onClick={() => setDate(dateAfter(now, zone, days))}
              >
                {t(`snooze.days.${days}`)}
              </button>
            ))}
            <Input
              {...control}
              type="date"
              min={dateAfter(now, zone, 1)}
              value={date}
              onChange={(event) => setDate(event.target.value)}
              style={{ width: 150 }}
            />
          </div>
        )}
      </Field>
    </Sheet>
  );
}

const REASONS = ["handled", "false_alarm", "known"] as const;

function CloseSheet({ open, ids, changes, onClose }: OneSheet) {
  const { t } = useTranslation("alerts");
  const [reason, setReason] = useState<(typeof REASONS)[number]>("handled");
  const [note, setNote] = useState("");
  const save = () => {
    changes.close(ids, reason, note.trim());
    setNote("");
    onClose();
  };
  const items = REASONS.map((key) => ({ key, label: t(`close.reason.${key}`) }));
  return (
    <Sheet
      open={open}
      title={t("close.title", { count: ids.length })}
      onClose={onClose}
      onSave={save}
      saveLabel={t("close.save")}
    >
      <Choices label={t("close.why")} items={items} value={reason} onChange={setReason} />
      <Field label={t("close.note")}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2 }}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </Sheet>
  );
}
