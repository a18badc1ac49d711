import { PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { competitorsOf, competitorsText, type Lists, PLAIN, type Topic, wordsOf } from "./lists.logic";

export interface ListsEditorProps {
  lists: Lists;
  teams: readonly string[];
  onChange?: ((lists: Lists) => void) | undefined;
}

/** The lists as text fields: one word per line. Read-only where nothing may be changed. */
export function ListsEditor({ lists, teams, onChange }: ListsEditorProps) {
  const { t } = useTranslation("text");
  return (
    <>
      <Words
        label={t("lists.competitors.label")}
        help={t("lists.competitors.help")}
        text={competitorsText(lists)}
        onText={onChange && ((text) => onChange({ ...lists, competitors: competitorsOf(text) }))}
      />
      {PLAIN.map((name) => (
        <Words
          key={name}
          label={t(`lists.${name}.label`)}
          help={t(`lists.${name}.help`)}
          text={(lists[name] ?? []).join("\n")}
          onText={onChange && ((text) => onChange({ ...lists, [name]: wordsOf(text) }))}
        />
      ))}
      <Topics
        topics={lists.topics ?? []}
        teams={teams}
        onChange={onChange && ((topics) => onChange({ ...lists, topics }))}
      />
    </>
  );
}

interface WordsProps {
  label: string;
  help: string;
  text: string;
  onText?: ((text: string) => void) | undefined;
}

/** Keeps what is typed as it is typed, and hands on what it means when the field is left. */
function Words({ label, help, text, onText }: WordsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    if (typed !== null) onText?.(typed);
    setTyped(null);
  };
  return (
    <label className="words">
      <strong>{label}</strong>
      <span className="muted small">{help}</span>
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={typed ?? text}
        readOnly={!onText}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
      />
    </label>
  );
}

interface TopicsProps {
  topics: readonly Topic[];
  teams: readonly string[];
  onChange?: ((topics: Topic[]) => void) | undefined;
}

/** Topics and the team that owns each: a complaint of the topic goes there as a ticket. */
function Topics({ topics, teams, onChange }: TopicsProps) {
  const { t } = useTranslation("text");
  const put = (at: number, part: Partial<Topic>) =>
    onChange?.(topics.map((topic, place) => (place === at ? { ...topic, ...part } : topic)));
  return (
    <Panel title={t("lists.topics.label")}>
      <p className="muted small">{t("lists.topics.help")}</p>
      {topics.map((topic, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a topic being typed has no name yet
        <fieldset key={at} className="topic" aria-label={topic.label || topic.code} disabled={!onChange}>
          <Input
            aria-label={t("lists.topics.code")}
            placeholder={t("lists.topics.code")}
            value={topic.code}
            onChange={(event) => put(at, { code: event.target.value })}
          />
          <Input
            aria-label={t("lists.topics.name")}
            placeholder={t("lists.topics.name")}
            value={topic.label ?? ""}
            onChange={(event) => put(at, { label: event.target.value })}
          />
          <NativeSelect
            aria-label={t("lists.topics.team")}
            value={topic.team ?? ""}
            options={[
              { value: "", label: t("lists.topics.noTeam") },
              ...[...new Set([...teams, topic.team ?? ""])]
                .filter(Boolean)
                .map((team) => ({ value: team, label: team })),
            ]}
            onChange={(team) => put(at, { team })}
          />
          <Words
            label=""
            help={t("lists.topics.words")}
            text={(topic.words ?? []).join("\n")}
            onText={onChange && ((text) => put(at, { words: wordsOf(text) }))}
          />
          {onChange && (
            <Button type="text" onClick={() => onChange(topics.filter((_, place) => place !== at))}>
              {t("lists.topics.remove")}
            </Button>
          )}
        </fieldset>
      ))}
      {onChange && (
        <Button
          icon={<Icon of={PlusOutlined} />}
          onClick={() => onChange([...topics, { code: "", label: "", words: [], team: "" }])}
        >
          {t("lists.topics.add")}
        </Button>
      )}
    </Panel>
  );
}
