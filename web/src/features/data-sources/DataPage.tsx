import { UploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { NoPermission } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ImportList } from "./ImportList";
import { SourceList } from "./SourceList";
import "./data.css";

type Tab = "sources" | "imports";

/** 数据接入: where rows come from, how fresh they are, and every import so far. */
export function DataPage() {
  const { t } = useTranslation(["dataSources", "shell"]);
  const can = useCan();
  const to = useTo();
  const [{ tab }, change] = useUrlState<{ tab: string }>({ tab: "sources" });
  if (!can("import") && !can("sources")) return <NoPermission />;
  return (
    <>
      <PageHeader
        title={t("shell:nav.data")}
        meta={
          <>
            {t("dataSources:meta")} · <Link to={to("/readiness")}>{t("shell:nav.readiness")}</Link>
            {can("sources") && (
              <>
                {" · "}
                <Link to={to("/settings/operations")}>{t("dataSources:operations")}</Link>
              </>
            )}
          </>
        }
        actions={
          can("import") && (
            <Link to={to("/data/import")}>
              <Button type="primary" icon={<Icon of={UploadOutlined} />}>
                {t("dataSources:import.title")}
              </Button>
            </Link>
          )
        }
      />
      <div className="stack">
        <Chips<Tab>
          label={t("shell:nav.data")}
          value={tab === "imports" ? "imports" : "sources"}
          onChange={(next) => change({ tab: next })}
          items={[
            { key: "sources", label: t("dataSources:tab.sources") },
            { key: "imports", label: t("dataSources:tab.imports") },
          ]}
        />
        {tab === "imports" ? <ImportList /> : <SourceList />}
      </div>
    </>
  );
}
