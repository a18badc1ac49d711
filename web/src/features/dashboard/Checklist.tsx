import { CheckCircleFilled, RightOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { useTo, useWorkspace } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";

type Item = Schemas["ChecklistItem"];

const hiddenKey = (slug: string) => `liuke.checklist.${slug}`;

/** The first five minutes, ticked off by what really happened; gone when done or put away. */
export function Checklist({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation("dashboard");
  const { slug } = useWorkspace();
  const to = useTo();
  const [hidden, setHidden] = useState(() => localStorage.getItem(hiddenKey(slug)) === "1");
  const done = items.filter((item) => item.done).length;
  if (hidden || done === items.length) return null;
  const hide = () => {
    localStorage.setItem(hiddenKey(slug), "1");
    setHidden(true);
  };
  return (
    <Panel
      title={t("checklist.title", { done, all: items.length })}
      extra={
        <button type="button" className="link-button" onClick={hide}>
          {t("checklist.hide")}
        </button>
      }
      className="checklist"
    >
      <ol>
        {items.map(({ key, done: isDone, link }, index) => (
          <li key={key}>
            <Link to={link.startsWith("/w/") ? link : to(link)} className={isDone ? "done" : undefined}>
              {isDone ? <Icon of={CheckCircleFilled} /> : <b aria-hidden>{index + 1}</b>}
              <span className="grow">
                {t(`checklist.${key}`)}
                <span className="sr-only">{t(isDone ? "checklist.done" : "checklist.open")}</span>
              </span>
              <Icon of={RightOutlined} className="small muted" />
            </Link>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
