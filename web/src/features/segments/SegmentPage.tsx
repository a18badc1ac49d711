import { InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { TagChip } from "@/shared/list/TagChip";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS } from "@/shared/ui/usePager";
import { HistoryPanel } from "./HistoryPanel";
import { MembersPanel } from "./MembersPanel";
import { SegmentEditor } from "./SegmentEditor";
import { TagRule, TagSwitch } from "./SegmentTable";
import { TABS, type Tab, type Tag, tabOf, weightText } from "./segments.logic";
import { TagTrend } from "./TagTrend";
import { useTagChanges } from "./useTagChanges";
import "./segments.css";
import "@/shared/list/list.css";

/** One tag: who carries it now, who came and went, and its rule, weight and colour. */
export function SegmentPage() {
  const slug = useSlug();
  const { tagId = "" } = useParams();
  const path = { slug, tag_id: Number(tagId) };
  const tag = api.useQuery("get", "/api/v1/w/{slug}/tags/{tag_id}", { params: { path } });
  if (tag.isError) return <ErrorState error={tag.error} retry={() => void tag.refetch()} />;
  if (!tag.data) return <SkeletonRows rows={8} />;
  return <Segment tag={tag.data} />;
}

function Segment({ tag }: { tag: Tag }) {
  const { t } = useTranslation(["segments", "shell"]);
  const can = useCan();
  const to = useTo();
  const [url, change] = useUrlState({ tab: "" }, PAGER_KEYS);
  const tab = tabOf(url.tab);
  const tabs = TABS.filter((key) => key !== "settings" || (can("publish") && !tag.archived));
  return (
    <>
      <PageHeader title={tag.name} meta={<Meta tag={tag} />} actions={<Actions tag={tag} />} />
      <div className="stack">
        <Panel>
          <div className="segment-facts">
            <TagChip tag={tag} />
            <div className="grow">
              {tag.about && <p>{tag.about}</p>}
              <TagRule tag={tag} />
            </div>
            <TagTrend tag={tag} />
            <Link to={to(`/customers?view=all&tag=${tag.code}`)}>{t("segments:inCustomers")}</Link>
          </div>
        </Panel>
        <Chips<Tab>
          label={tag.name}
          value={tab}
          onChange={(next) => change({ tab: next })}
          items={tabs.map((key) => ({ key, label: t(`segments:tab.${key}`) }))}
        />
        {tab === "members" && <MembersPanel tag={tag} />}
        {tab === "history" && <HistoryPanel tag={tag} />}
        {tab === "settings" && tabs.includes("settings") && <SegmentEditor key={tag.updated_at} tag={tag} />}
      </div>
    </>
  );
}

function Meta({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const parts = [
    t(`kind.${tag.kind}`),
    t("carried", { customers: format.customers(tag.members) }),
    tag.kind === "predictive" ? t("noWeight") : t("weighs", { points: weightText(tag.weight) }),
    tag.recorded_as_of ? t("asOf", { when: format.dayTime(tag.recorded_as_of) }) : t("notRecorded"),
  ];
  return <>{parts.join(" · ")}</>;
}

function Actions({ tag }: { tag: Tag }) {
  const { t } = useTranslation(["segments", "common"]);
  const can = useCan();
  const { archive, restore } = useTagChanges();
  if (!can("publish")) return null;
  if (tag.archived) return <Button onClick={() => restore(tag)}>{t("segments:archive.restore")}</Button>;
  return (
    <>
      <TagSwitch tag={tag} />
      <Button icon={<Icon of={InboxOutlined} />} onClick={() => archive(tag)}>
        {t("segments:archive.action")}
      </Button>
    </>
  );
}
