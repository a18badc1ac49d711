import { PlusOutlined } from "@ant-design/icons";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ApprovalsPanel } from "./list/ApprovalsPanel";
import { sorted, TABS, tabOf } from "./list/list.logic";
import { ReadyGallery } from "./list/ReadyGallery";
import { StatusTag } from "./StatusTag";
import type { Playbook } from "./types";
import { useSwitches } from "./useSwitches";
import "./playbooks.css";

/** 挽回流程: what waits for approval, the workspace's flows, and ready ones to take. */
export function PlaybooksPage() {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  const navigate = useNavigate();
  const phone = usePhone();
  const mayEdit = useCan()("publish");
  const [url, change] = useUrlState({ tab: "mine" });
  const tab = tabOf(url.tab);
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={t("about")}
        actions={
          mayEdit &&
          !phone && (
            <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => navigate(to("/playbooks/new"))}>
              {t("new")}
            </Button>
          )
        }
      />
      <div className="stack">
        <ApprovalsPanel />
        <Chips
          label={t("tab.label")}
          items={TABS.map((key) => ({ key, label: t(`tab.${key}`) }))}
          value={tab}
          onChange={(next) => change({ tab: next })}
        />
        {tab === "ready" ? (
          <ReadyGallery mayEdit={mayEdit} />
        ) : (
          <Flows key={tab} archived={tab === "archived"} mayEdit={mayEdit} onReady={() => change({ tab: "ready" })} />
        )}
      </div>
    </>
  );
}

function Flows({ archived, mayEdit, onReady }: { archived: boolean; mayEdit: boolean; onReady: () => void }) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const to = useTo();
  const { count, dayTime } = useFormat();
  const found = api.useQuery("get", "/api/v1/w/{slug}/playbooks", { params: { path: { slug }, query: { archived } } });
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <SkeletonRows />;
  if (found.data.length === 0) {
    return (
      <EmptyState title={t(archived ? "empty.archived" : "empty.title")} text={archived ? "" : t("empty.text")}>
        {!archived && <Button onClick={onReady}>{t("tab.ready")}</Button>}
      </EmptyState>
    );
  }
  return (
    <Panel flush>
      <SimpleTable
        label={t("title")}
        rows={sorted(found.data)}
        rowKey={({ id }) => id}
        columns={[
          { key: "name", title: t("name"), render: ({ id, name }) => <Link to={to(`/playbooks/${id}`)}>{name}</Link> },
          { key: "kind", title: t("kind"), render: ({ kind }) => t(`kinds.${kind}`) },
          { key: "status", title: t("status.title"), render: (one) => <StatusTag playbook={one} /> },
          { key: "running", title: t("arms.running"), end: true, render: ({ treated }) => count(treated.running) },
          {
            key: "treated",
            title: t("arms.treatedReached"),
            end: true,
            render: ({ treated }) => `${count(treated.reached)} / ${count(treated.entered)}`,
          },
          {
            key: "holdout",
            title: t("arms.holdoutReached"),
            end: true,
            render: ({ holdout }) => `${count(holdout.reached)} / ${count(holdout.entered)}`,
          },
          { key: "updated", title: t("updated"), render: ({ updated_at }) => dayTime(updated_at) },
          { key: "do", title: t("people.do"), render: (one) => mayEdit && !archived && <Archive playbook={one} /> },
        ]}
      />
    </Panel>
  );
}

function Archive({ playbook }: { playbook: Playbook }) {
  const { t } = useTranslation("playbooks");
  const { customers } = useFormat();
  const { archive } = useSwitches(playbook);
  return (
    <Popconfirm
      title={t("switch.archiveAsk", { customers: customers(playbook.treated.running) })}
      onConfirm={() => void archive()}
    >
      <Button size="small" aria-label={t("switch.archiveOne", { name: playbook.name })}>
        {t("switch.archive")}
      </Button>
    </Popconfirm>
  );
}
