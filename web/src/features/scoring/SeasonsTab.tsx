import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useUrlState } from "@/shared/lib/urlState";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { freeName, removeAt, replaceAt } from "./profiles.logic";
import { SeasonEditor } from "./SeasonEditor";
import type { ScoreConfig, Signal } from "./scoring.logic";
import { holdsOn, kindOf, newSeason, type Season } from "./seasons.logic";

export interface SeasonsTabProps {
  config: ScoreConfig;
  signals: readonly Signal[];
  /** Seasons of the live configuration that hold today. */
  now: readonly string[];
  disabled: boolean;
  onChange: (config: ScoreConfig, tag?: string) => void;
}

/** 季节与活动: on these days the weights are multiplied, so that a season does not look like leaving. */
export function SeasonsTab({ config, signals, now, disabled, onChange }: SeasonsTabProps) {
  const { t } = useTranslation("scoring");
  const format = useFormat();
  const today = format.day(format.now);
  const [{ season: chosen }, changeUrl] = useUrlState({ season: "" });
  const { seasons } = config;
  const place = seasons.findIndex(({ name }) => name === chosen);
  const open = seasons[place];
  const set = (next: readonly Season[], tag?: string) => onChange({ ...config, seasons: next }, tag);
  const add = () => {
    const name = freeName(
      seasons.map((season) => season.name),
      (number) => t("season.newName", { number }),
    );
    set([...seasons, newSeason(name)]);
    changeUrl({ season: name }, { replace: true });
  };
  const edit = (next: Season, tag: string) => {
    set(replaceAt(seasons, place, next), `season.${place}.${tag}`);
    if (next.name !== chosen) changeUrl({ season: next.name }, { replace: true });
  };
  const days = (season: Season) =>
    kindOf(season) === "period" ? t("season.byPeriod", { name: season.period }) : `${season.from} – ${season.to}`;
  const holds = (season: Season) => holdsOn(season, today) || (season.period !== "" && now.includes(season.name));
  return (
    <div className="stack">
      <Panel
        title={t("season.title")}
        extra={
          !disabled && (
            <Button icon={<Icon of={PlusOutlined} />} onClick={add}>
              {t("season.add")}
            </Button>
          )
        }
        flush
      >
        <p className="muted small panel-note">{t("season.text")}</p>
        {seasons.length === 0 && <EmptyState title={t("season.none")} text={t("season.noneText")} />}
        <ul className="season-list">
          {seasons.map((season, at) => (
            <li key={season.name}>
              <Switch
                size="small"
                checked={season.enabled}
                disabled={disabled}
                aria-label={t("signal.enable", { name: season.name })}
                onChange={(enabled) => set(replaceAt(seasons, at, { ...season, enabled }))}
              />
              <Button
                type="link"
                aria-expanded={at === place}
                onClick={() => changeUrl({ season: at === place ? "" : season.name }, { replace: true })}
              >
                {season.name}
              </Button>
              <span className="grow muted small">{days(season)}</span>
              {holds(season) && <span className="risk-tag risk-early">{t("season.today")}</span>}
              {!disabled && (
                <Button
                  type="text"
                  size="small"
                  icon={<Icon of={DeleteOutlined} />}
                  aria-label={t("profile.remove", { name: season.name })}
                  onClick={() => set(removeAt(seasons, at))}
                />
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {open && <SeasonEditor season={open} config={config} signals={signals} disabled={disabled} onChange={edit} />}
    </div>
  );
}
