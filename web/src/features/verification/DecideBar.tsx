import { CloseOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { DECISIONS, type Decision } from "./cases.logic";

export interface DecideBarProps {
  count: number;
  busy: boolean;
  onClear: () => void;
  onSay: (decision: Decision, note: string) => void;
}

/** One word, with a note, on everything that is chosen. */
export function DecideBar({ count, busy, onClear, onSay }: DecideBarProps) {
  const { t } = useTranslation("verification");
  const [note, setNote] = useState("");
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t("bar")}>
      <strong>{t("chosen", { count })}</strong>
      <Input
        className="case-note"
        aria-label={t("note")}
        placeholder={t("note")}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {DECISIONS.map((decision) => (
        <Button
          key={decision}
          type={decision === "confirmed" ? "primary" : "default"}
          disabled={busy}
          onClick={() => onSay(decision, note.trim())}
        >
          {t(`decision.${decision}`)}
        </Button>
      ))}
      <Button type="text" icon={<Icon of={CloseOutlined} />} aria-label={t("clear")} onClick={onClear} />
    </div>
  );
}
