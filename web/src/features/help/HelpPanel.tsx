import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { usePhone } from "@/shared/lib/useMedia";
import { Chips } from "@/shared/ui/Chips";
import type { HelpPanelProps } from "./HelpDrawer";
import { TERMS, TOPIC_KEYS, TOPICS, type Topic } from "./help.logic";
import "./help.css";

/** The help's page of one topic. Closes by Escape; the page behind stays where it is. */
export function HelpPanel({ topic, onTopic, onClose }: HelpPanelProps) {
  const { t } = useTranslation("help");
  const phone = usePhone();
  if (!topic) return null;
  return (
    <Drawer open onClose={onClose} title={t("title")} size={phone ? "100%" : 480} className="help">
      <Chips
        label={t("topics")}
        items={TOPIC_KEYS.map((key) => ({ key, label: t(`${key}.title`) }))}
        value={topic}
        onChange={onTopic}
      />
      {topic === "glossary" ? <Glossary /> : <Sections topic={topic} />}
      <p className="muted small">{t("keys")}</p>
    </Drawer>
  );
}

function Sections({ topic }: { topic: Exclude<Topic, "glossary"> }) {
  const { t } = useTranslation(["help", "common"]);
  return (
    <article className="help-topic">
      <p>{t(`help:${topic}.lead`)}</p>
      {TOPICS[topic].map((section) => (
        <section key={section}>
          <h3>
            {section === "direction" ? t("common:score.note") : t(`help:${topic}.${section}Title` as "help:title")}
          </h3>
          {t(`help:${topic}.${section}` as "help:title")
            .split("\n")
            .map((line) => (
              <p key={line}>{line}</p>
            ))}
        </section>
      ))}
    </article>
  );
}

function Glossary() {
  const { t } = useTranslation("help");
  return (
    <dl className="help-terms">
      {TERMS.map((term) => (
        <div key={term}>
          <dt>{t(`glossary.${term}Title` as "title")}</dt>
          <dd>{t(`glossary.${term}` as "title")}</dd>
        </div>
      ))}
    </dl>
  );
}
