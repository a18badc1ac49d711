import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useUrlState } from "@/shared/lib/urlState";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { ProfileEditor } from "./ProfileEditor";
import { freeName, moved, newProfile, type Profile, removeAt, replaceAt } from "./profiles.logic";
import type { ScoreConfig, Signal } from "./scoring.logic";

export interface ProfilesTabProps {
  config: ScoreConfig;
  signals: readonly Signal[];
  /** Customers per profile, as the preview counted them. */
  counts: Readonly<Record<string, number>> | undefined;
  disabled: boolean;
  onChange: (config: ScoreConfig, tag?: string) => void;
}

/** 分群方案: from top to bottom, the first that matches a customer holds for it. */
export function ProfilesTab({ config, signals, counts, disabled, onChange }: ProfilesTabProps) {
  const { t } = useTranslation(["scoring", "common"]);
  const { customers } = useFormat();
  const [{ profile: chosen }, changeUrl] = useUrlState({ profile: "" });
  const { profiles } = config;
  const place = profiles.findIndex(({ name }) => name === chosen);
  const open = profiles[place];
  const set = (next: readonly Profile[], tag?: string) => onChange({ ...config, profiles: next }, tag);
  const add = () => {
    const name = freeName(
      profiles.map((profile) => profile.name),
      (number) => t("scoring:profile.newName", { number }),
    );
    set([...profiles, newProfile(name)]);
    changeUrl({ profile: name }, { replace: true });
  };
  const edit = (next: Profile, tag: string) => {
    set(replaceAt(profiles, place, next), `profile.${place}.${tag}`);
    if (next.name !== chosen) changeUrl({ profile: next.name }, { replace: true });
  };
  return (
    <div className="stack">
      <Panel
        title={t("scoring:profile.title")}
        extra={
          !disabled && (
            <Button icon={<Icon of={PlusOutlined} />} onClick={add}>
              {t("scoring:profile.add")}
            </Button>
          )
        }
        flush
      >
        <p className="muted small panel-note">{t("scoring:profile.text")}</p>
        {profiles.length === 0 && <EmptyState title={t("scoring:profile.none")} text={t("scoring:profile.noneText")} />}
        <ol className="scoring-list">
          {profiles.map(({ name }, at) => (
            <li key={name}>
              <span className="muted num">{at + 1}</span>
              <Button
                type="link"
                className="grow"
                style={{ textAlign: "left" }}
                aria-expanded={at === place}
                onClick={() => changeUrl({ profile: at === place ? "" : name }, { replace: true })}
              >
                {name}
              </Button>
              {counts && <span className="muted small">{customers(counts[name] ?? 0)}</span>}
              {!disabled && (
                <Actions
                  name={name}
                  first={at === 0}
                  last={at === profiles.length - 1}
                  onMove={(by) => set(moved(profiles, at, by))}
                  onRemove={() => set(removeAt(profiles, at))}
                />
              )}
            </li>
          ))}
        </ol>
      </Panel>
      {open && (
        <ProfileEditor
          key={place}
          profile={open}
          config={config}
          signals={signals}
          disabled={disabled}
          onChange={edit}
        />
      )}
    </div>
  );
}

function Actions({
  name,
  first,
  last,
  onMove,
  onRemove,
}: {
  name: string;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation("scoring");
  const button = (label: string, icon: typeof DeleteOutlined, off: boolean, onClick: () => void) => (
    <Button type="text" size="small" aria-label={label} icon={<Icon of={icon} />} disabled={off} onClick={onClick} />
  );
  return (
    <span>
      {button(t("profile.up", { name }), ArrowUpOutlined, first, () => onMove(-1))}
      {button(t("profile.down", { name }), ArrowDownOutlined, last, () => onMove(1))}
      {button(t("profile.remove", { name }), DeleteOutlined, false, onRemove)}
    </span>
  );
}
