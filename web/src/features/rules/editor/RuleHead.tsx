import { HistoryOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useUrlState } from "@/shared/lib/urlState";
import { useTo } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { UndoButtons } from "@/shared/ui/UndoButtons";
import { EnabledSwitch } from "../EnabledSwitch";
import { RuleWhy } from "../RuleWhy";
import { StatusTag } from "../StatusTag";
import type { RuleDraft, RuleOut } from "../types";
import { VersionsDrawer } from "../versions/VersionsDrawer";
import { PublishActions } from "./PublishActions";
import { RuleError } from "./RuleError";
import { SaveState } from "./SaveState";
import type { RuleHistory } from "./useRuleHistory";
import type { Saving } from "./useSaving";

export interface RuleHeadProps {
  rule: RuleOut | null;
  history: RuleHistory;
  saving: Saving;
  incomplete: boolean;
  matched: number | undefined;
  /** Somebody tried to save what is not complete: say what is missing. */
  onStrict: () => void;
  /** The server holds another draft now. */
  onSettled: (draft: RuleDraft) => void;
  onCreated: (rule: RuleOut) => void;
}

/** Name, state, undo and redo, versions, save, trial and publish. */
export function RuleHead(props: RuleHeadProps) {
  const { rule, history, saving, incomplete, onSettled } = props;
  const { t } = useTranslation("rules");
  const to = useTo();
  const [versions, setVersions] = useState(false);
  const [{ why }, ask] = useUrlState({ why: "" });
  return (
    <>
      <PageHeader
        title={history.draft.name || t("form.unnamed")}
        meta={
          <span className="row wrap">
            <Link to={to("/rules")}>{t("view.back")}</Link>
            {rule && <StatusTag rule={rule} />}
            <SaveState saving={saving} incomplete={incomplete} isNew={rule === null} />
          </span>
        }
        actions={
          <>
            {rule && (
              <span className="row">
                <EnabledSwitch rule={rule} />
                <span className="muted">{t(rule.enabled ? "enabled" : "disabled")}</span>
              </span>
            )}
            <UndoButtons history={history} undo={t("build.undo")} redo={t("build.redo")} />
            {rule && (
              <>
                <Button icon={<Icon of={HistoryOutlined} />} onClick={() => setVersions(true)}>
                  {t("version.open")}
                </Button>
                <Button icon={<Icon of={QuestionCircleOutlined} />} onClick={() => ask({ why: "choose" })}>
                  {t("view.why")}
                </Button>
              </>
            )}
            <PublishActions {...props} />
          </>
        }
      />
      {saving.dirty && !saving.busy && <RuleError error={saving.error} />}
      {rule && (
        <>
          <VersionsDrawer rule={rule} open={versions} onClose={() => setVersions(false)} onRestored={onSettled} />
          <RuleWhy ruleId={rule.id} why={why} onChange={(next) => ask({ why: next })} />
        </>
      )}
    </>
  );
}
