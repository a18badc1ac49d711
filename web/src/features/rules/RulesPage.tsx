import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { RULES_URL, type RulesUrl, TABS, tabOf } from "./list/list.logic";
import { PacksDrawer } from "./list/PacksDrawer";
import { ReviewList } from "./list/ReviewList";
import { RuleResults } from "./list/RuleResults";
import "./rules.css";
import "@/shared/list/list.css";

/** 预警规则: what is there, what it catches, what is up for review. */
export function RulesPage() {
  const { t } = useTranslation("rules");
  const slug = useSlug();
  const to = useTo();
  const navigate = useNavigate();
  const phone = usePhone();
  const mayEdit = useCan()("publish");
  const [url, change] = useUrlState<RulesUrl>(RULES_URL);
  const [{ packs }, open] = useUrlState({ packs: "" });
  const tab = tabOf(url.tab);
  const rules = api.useQuery("get", "/api/v1/w/{slug}/rules", { params: { path: { slug } } });
  const showPacks = () => open({ packs: "1" });
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={!mayEdit && t("readOnly")}
        actions={
          mayEdit &&
          !phone && (
            <>
              <Button onClick={showPacks}>{t("packs.open")}</Button>
              <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => navigate(to("/rules/new"))}>
                {t("new")}
              </Button>
            </>
          )
        }
      />
      <div className="stack">
        <Chips
          label={t("tab.label")}
          items={TABS.map((key) => ({ key, label: t(`tab.${key}`) }))}
          value={tab}
          onChange={(next) => change({ tab: next })}
        />
        {tab === "review" && <ReviewList />}
        {tab === "list" && rules.isError && <ErrorState error={rules.error} retry={() => void rules.refetch()} />}
        {tab === "list" && rules.isPending && <SkeletonRows />}
        {tab === "list" && rules.data && (
          <RuleResults rules={rules.data} url={url} change={change} onPacks={showPacks} mayEdit={mayEdit} />
        )}
      </div>
      <PacksDrawer open={packs === "1"} mayEdit={mayEdit} onClose={() => open({ packs: "" })} />
    </>
  );
}
