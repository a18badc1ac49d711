import { DownloadOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CustomerTabs } from "@/features/watch/CustomerTabs";
import { useUrlState } from "@/shared/lib/urlState";
import { SavedViewChips } from "@/shared/list/SavedViews";
import { useCan, useWorkspace } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ScoreNote } from "@/shared/ui/Score";
import { PAGER_KEYS } from "@/shared/ui/usePager";
import { CustomerResults } from "./CustomerResults";
import { CUSTOMER_URL, type CustomerUrl, customerQuery, exportUrl, viewOf, viewsFor } from "./customers.logic";
import { NewCustomerSheet } from "./NewCustomerSheet";
import "./customers.css";
import "@/shared/list/list.css";

/** 客户: everyone the reader may see, worst first. */
export function CustomersPage() {
  const { t } = useTranslation(["customers", "common"]);
  const { slug, scope } = useWorkspace();
  const can = useCan();
  const [url, change] = useUrlState<CustomerUrl>(CUSTOMER_URL, PAGER_KEYS);
  const view = viewOf(url.view, scope);
  const query = customerQuery(view, url);
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<ScoreNote />}
        actions={
          <>
            {can("export") && (
              <Button icon={<Icon of={DownloadOutlined} />} href={exportUrl(slug, query)} download>
                {t("common:action.export")}
              </Button>
            )}
            {can("handle") && (
              <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => setCreating(true)}>
                {t("new.title")}
              </Button>
            )}
          </>
        }
      />
      <CustomerTabs />
      <div className="stack customer-views">
        <Chips
          label={t("view.label")}
          items={viewsFor(scope).map((key) => ({ key, label: t(`view.${key}`) }))}
          value={view}
          onChange={(key) => change({ view: key })}
        />
        <SavedViewChips page="customers" />
      </div>
      <CustomerResults url={url} view={view} query={query} change={change} />
      <NewCustomerSheet open={creating} onClose={() => setCreating(false)} />
    </>
  );
}
