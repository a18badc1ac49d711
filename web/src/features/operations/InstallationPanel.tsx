import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { bytes, type Operations, secondsSince, span } from "./operations.logic";
import { StateTag } from "./StateTag";

/** Processes, sizes and versions of the whole installation. */
export function InstallationPanel({ found, now }: { found: NonNullable<Operations["installation"]>; now: string }) {
  const { t } = useTranslation("operations");
  const { dayTime, language } = useFormat();
  const facts: [string, string][] = [
    ["version", found.version],
    ...found.stores.map(({ name, bytes: size }): [string, string] => [name, bytes(size)]),
    ["disk", t("installation.free", { free: bytes(found.disk_free), total: bytes(found.disk_total) })],
    ["backup", found.backup_at ? dayTime(found.backup_at) : t("installation.none")],
  ];
  return (
    <Panel title={t("installation.title")}>
      <dl className="operations-figures">
        {facts.map(([key, text]) => (
          <div key={key}>
            <dt>{t(`installation.${key}`, { defaultValue: key })}</dt>
            <dd className="num">{text}</dd>
          </div>
        ))}
      </dl>
      <SimpleTable
        label={t("installation.processes")}
        rows={found.processes}
        rowKey={({ name }) => name}
        columns={[
          { key: "name", title: t("installation.process"), render: ({ name }) => name },
          { key: "state", title: t("installation.state"), render: ({ state }) => <StateTag state={state} /> },
          {
            key: "since",
            title: t("installation.since"),
            render: ({ since }) => (since ? span(secondsSince(since, now), language) : "—"),
          },
          {
            key: "memory",
            title: t("installation.memory"),
            end: true,
            render: ({ memory_bytes }) => bytes(memory_bytes),
          },
          {
            key: "busy",
            title: t("installation.busy"),
            end: true,
            render: ({ busy }) => <span className="num">{busy}</span>,
          },
        ]}
      />
    </Panel>
  );
}
