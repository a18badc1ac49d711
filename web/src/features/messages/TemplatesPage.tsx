import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { shownIn, type Template, VIEWS, type View, viewOf } from "./messages.logic";
import { TemplateDrawer } from "./TemplateDrawer";
import { TemplateItem } from "./TemplateItem";
import "./messages.css";

/** 触达模板: every message that playbooks and people send. */
export function TemplatesPage() {
  const { t } = useTranslation(["messages", "shell"]);
  const slug = useSlug();
  const can = useCan();
  const [url, change] = useUrlState({ view: "", template: "" });
  const [adding, setAdding] = useState(false);
  const view = viewOf(url.view);
  const list = api.useQuery("get", "/api/v1/w/{slug}/message-templates", {
    params: { path: { slug }, query: { archived: view === "archived" } },
  });
  const shown = (list.data ?? []).filter((template) => shownIn(view, template));
  const edited: Template | undefined = list.data?.find(({ code }) => code === url.template);
  const close = () => {
    setAdding(false);
    change({ template: "" });
  };
  return (
    <>
      <PageHeader
        title={t("messages:title")}
        meta={t("messages:about")}
        actions={
          can("publish") && (
            <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => setAdding(true)}>
              {t("messages:new")}
            </Button>
          )
        }
      />
      <div className="stack">
        <Chips<View>
          label={t("messages:filter.label")}
          value={view}
          onChange={(next) => change({ view: next })}
          items={VIEWS.map((key) => ({ key, label: t(`messages:filter.${key || "all"}`) }))}
        />
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <SkeletonRows rows={8} />}
        {list.data && shown.length === 0 && <EmptyState title={t("messages:empty")} />}
        {shown.length > 0 && (
          <Panel flush>
            <ul>
              {shown.map((template) => (
                <TemplateItem
                  key={template.code}
                  template={template}
                  onOpen={() => change({ template: template.code })}
                />
              ))}
            </ul>
          </Panel>
        )}
      </div>
      {(adding || edited) && <TemplateDrawer key={edited?.code ?? "new"} template={edited} onClose={close} />}
    </>
  );
}
