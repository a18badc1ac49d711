import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { type Operations, secondsSince, span } from "./operations.logic";

const Num = ({ of }: { of: number }) => <span className="num">{of}</span>;

/** What is due and has not begun, by kind. */
export function QueuePanel({ queue }: { queue: Operations["queue"] }) {
  const { t } = useTranslation("operations");
  const { language } = useFormat();
  if (queue.length === 0) return null;
  return (
    <Panel title={t("queue.title")} flush>
      <SimpleTable
        label={t("rows", { of: t("queue.title") })}
        rows={queue}
        rowKey={({ kind }) => kind}
        columns={[
          { key: "name", title: t("queue.name"), render: ({ name }) => name },
          { key: "waiting", title: t("queue.waiting"), end: true, render: ({ waiting }) => <Num of={waiting} /> },
          { key: "running", title: t("queue.running"), end: true, render: ({ running }) => <Num of={running} /> },
          {
            key: "oldest",
            title: t("queue.oldest"),
            end: true,
            render: ({ waiting, oldest_seconds }) => (waiting ? span(oldest_seconds, language) : "—"),
          },
        ]}
      />
    </Panel>
  );
}

/** What should leave, by channel; failed and doubtful ones of a day. */
export function OutboxPanel({ outbox }: { outbox: Operations["outbox"] }) {
  const { t } = useTranslation("operations");
  const { language } = useFormat();
  if (outbox.length === 0) return null;
  return (
    <Panel title={t("outbox.title")} flush>
      <SimpleTable
        label={t("rows", { of: t("outbox.title") })}
        rows={outbox}
        rowKey={({ topic }) => topic}
        columns={[
          { key: "topic", title: t("outbox.topic"), render: ({ topic }) => topic },
          { key: "waiting", title: t("queue.waiting"), end: true, render: ({ waiting }) => <Num of={waiting} /> },
          {
            key: "oldest",
            title: t("queue.oldest"),
            end: true,
            render: ({ waiting, oldest_seconds }) => (waiting ? span(oldest_seconds, language) : "—"),
          },
          { key: "failed", title: t("outbox.failed"), end: true, render: ({ failed }) => <Num of={failed} /> },
          { key: "unknown", title: t("outbox.unknown"), end: true, render: ({ unknown }) => <Num of={unknown} /> },
        ]}
      />
    </Panel>
  );
}

/** How old each source is, and why one fails. */
export function SourcesPanel({ sources, now }: { sources: Operations["sources"]; now: string }) {
  const { t } = useTranslation("operations");
  const { language } = useFormat();
  const to = useTo();
  if (sources.length === 0) return null;
  return (
    <Panel title={t("sources.title")} extra={<Link to={to("/data")}>{t("sources.go")}</Link>} flush>
      <SimpleTable
        label={t("rows", { of: t("sources.title") })}
        rows={sources}
        rowKey={({ id }) => id}
        columns={[
          { key: "name", title: t("sources.name"), render: ({ name }) => name },
          {
            key: "age",
            title: t("sources.age"),
            render: ({ last_success_at }) =>
              last_success_at
                ? t("ago", { span: span(secondsSince(last_success_at, now), language) })
                : t("sources.never"),
          },
          {
            key: "state",
            title: t("sources.state"),
            render: ({ state, error }) => (
              <>
                {t(`sources.is.${state}`, { defaultValue: state })}
                {error && <div className="small overdue">{error.message}</div>}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}
