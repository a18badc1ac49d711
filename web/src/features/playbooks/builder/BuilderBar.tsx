import { HistoryOutlined, NodeIndexOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { PageHeader } from "@/shared/ui/PageHeader";
import { UndoButtons } from "@/shared/ui/UndoButtons";
import { draftOf } from "../flow/draft";
import { tidy } from "../flow/layout";
import { StatusTag } from "../StatusTag";
import { SwitchButtons } from "../SwitchButtons";
import { KINDS, type Playbook } from "../types";
import { useRefreshPlaybooks } from "../useRefreshPlaybooks";
import { useBuilder } from "./BuilderContext";
import { DraftButtons } from "./DraftButtons";
import { HoldoutFields } from "./SettingsForm";
import type { DraftHistory } from "./useDraftHistory";
import type { Saving } from "./useSavingDraft";

const SimulateDrawer = lazy(async () => ({ default: (await import("./SimulateDrawer")).SimulateDrawer }));
const PublishDialog = lazy(async () => ({ default: (await import("./PublishDialog")).PublishDialog }));
const VersionsDrawer = lazy(async () => ({ default: (await import("./VersionsDrawer")).VersionsDrawer }));

export interface BuilderBarProps {
  playbook: Playbook | null;
  history: DraftHistory;
  saving: Saving;
  /** Something is wrong, or not known to be right. */
  blocked: boolean;
  onCreated: (playbook: Playbook) => void;
}

type Open = "" | "simulate" | "publish" | "versions";

/** Name, state, hold-out, undo and redo, versions, 试运行 and 发布. */
export function BuilderBar({ playbook, history, saving, blocked, onCreated }: BuilderBarProps) {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  const refresh = useRefreshPlaybooks();
  const { spec, change, select } = useBuilder();
  const { draft } = history;
  const [open, setOpen] = useState<Open>("");
  const named = draft.name.trim() !== "";
  const settled = (told: Playbook) => {
    const next = draftOf(told);
    history.reset(next);
    saving.settle(next, told);
    refresh();
  };
  const keep = async () => {
    const told = await saving.save();
    if (told && !playbook) onCreated(told);
  };
  const published = (told: Playbook) => {
    setOpen("");
    saving.settle(draft, told);
    refresh();
    if (!playbook) onCreated(told);
  };
  return (
    <>
      <PageHeader
        title={draft.name || t("unnamed")}
        meta={
          <span className="row wrap">
            <Link to={to("/playbooks")}>{t("back")}</Link>
            {playbook && <StatusTag playbook={playbook} />}
            {playbook && <ArmCounts playbook={playbook} />}
            <SaveState saving={saving} />
          </span>
        }
        actions={
          <>
            <UndoButtons history={history} undo={t("build.undo")} redo={t("build.redo")} />
            <Button
              type="text"
              aria-label={t("build.tidy")}
              title={t("build.tidy")}
              icon={<Icon of={NodeIndexOutlined} />}
              onClick={() => change(tidy)}
            />
            {playbook && (
              <Button icon={<Icon of={HistoryOutlined} />} onClick={() => setOpen("versions")}>
                {t("versions.title")}
              </Button>
            )}
            {playbook && (
              <>
                <SwitchButtons playbook={playbook} />
                <DraftButtons playbook={playbook} blocked={blocked} saving={saving} onChanged={settled} />
              </>
            )}
            {!playbook && (
              <Button loading={saving.busy && open === ""} disabled={!named} onClick={() => void keep()}>
                {t("build.save")}
              </Button>
            )}
            <Button disabled={blocked} onClick={() => setOpen("simulate")}>
              {t("sim.title")}
            </Button>
            <Button type="primary" disabled={blocked || !named} onClick={() => setOpen("publish")}>
              {t("publish.button")}
            </Button>
          </>
        }
      />
      <div className="flow-bar">
        <Input
          aria-label={t("name")}
          placeholder={t("namePlaceholder")}
          maxLength={80}
          style={{ width: 260 }}
          value={draft.name}
          onChange={(event) => history.change((now) => ({ ...now, name: event.target.value }), "name")}
        />
        <NativeSelect
          aria-label={t("kind")}
          value={draft.kind}
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(kind) =>
            history.change((now) => ({ ...now, kind: KINDS.find((one) => one === kind) ?? "winback" }))
          }
        />
        <HoldoutFields />
        <Button type="link" onClick={() => select(null)}>
          {t("set.title")}
        </Button>
      </div>
      <Suspense fallback={null}>
        {open === "simulate" && (
          <SimulateDrawer open spec={spec} playbookId={playbook?.id ?? null} onClose={() => setOpen("")} />
        )}
        {open === "publish" && (
          <PublishDialog
            playbook={playbook}
            draft={draft}
            saving={saving}
            onClose={() => setOpen("")}
            onDone={published}
          />
        )}
        {open === "versions" && playbook && (
          <VersionsDrawer playbook={playbook} open onClose={() => setOpen("")} onRestored={settled} />
        )}
      </Suspense>
    </>
  );
}

/** Both sides of the comparison as plain counts; no rate is claimed here. */
function ArmCounts({ playbook: { treated, holdout } }: { playbook: Playbook }) {
  const { t } = useTranslation("playbooks");
  const { count } = useFormat();
  return (
    <span>
      {t("arms.both", {
        treated: count(treated.entered),
        reached: count(treated.reached),
        holdout: count(holdout.entered),
        holdoutReached: count(holdout.reached),
      })}
    </span>
  );
}

function SaveState({ saving }: { saving: Saving }) {
  const { t } = useTranslation("playbooks");
  const { clock } = useFormat();
  const word = saving.busy
    ? t("save.busy")
    : saving.dirty
      ? t("save.unsaved")
      : saving.savedAt
        ? t("save.saved", { when: clock(saving.savedAt) })
        : "";
  return (
    <span className="muted small" role="status">
      {word}
    </span>
  );
}
