import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
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
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { SegmentCards } from "./SegmentCards";
import { SegmentTable } from "./SegmentTable";
import { KINDS, type Tag } from "./segments.logic";
import "./segments.css";
import "@/shared/list/list.css";

const VIEWS = ["", ...KINDS, "archived"] as const;
type View = (typeof VIEWS)[number];
const viewOf = (text: string): View => VIEWS.find((view) => view === text) ?? "";

/** 分群标签: every tag with how many customers carry it, and how that went. */
export function SegmentsPage() {
  const { t } = useTranslation(["segments", "shell"]);
  const slug = useSlug();
  const to = useTo();
  const can = useCan();
  const format = useFormat();
  const [url, change] = useUrlState({ view: "" });
  const view = viewOf(url.view);
  const archived = view === "archived";
  const list = api.useQuery("get", "/api/v1/w/{slug}/tags", { params: { path: { slug }, query: { archived } } });
  const tags = (list.data ?? []).filter(({ kind }) => view === "" || archived || kind === view);
  const recorded = list.data
    ?.map(({ recorded_as_of }) => recorded_as_of ?? "")
    .sort()
    .at(-1);
  return (
    <>
      <PageHeader
        title={t("shell:nav.segments")}
        meta={recorded ? t("segments:meta", { when: format.dayTime(recorded) }) : t("segments:metaNever")}
        actions={
          can("publish") && (
            <Link to={to("/segments/new")}>
              <Button type="primary" icon={<Icon of={PlusOutlined} />}>
                {t("segments:new")}
              </Button>
            </Link>
          )
        }
      />
      <div className="stack">
        <Chips<View>
          label={t("segments:kind.label")}
          value={view}
          onChange={(next) => change({ view: next })}
          items={VIEWS.map((key) => ({ key, label: t(`segments:view.${key || "all"}`) }))}
        />
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <SkeletonRows rows={8} />}
        {list.data && <Tags tags={tags} archived={archived} />}
      </div>
    </>
  );
}

function Tags({ tags, archived }: { tags: readonly Tag[]; archived: boolean }) {
  const { t } = useTranslation("segments");
  const phone = usePhone();
  if (tags.length === 0)
    return (
      <EmptyState title={t(archived ? "empty.archived" : "empty.title")} text={archived ? null : t("empty.text")} />
    );
  if (phone) return <SegmentCards tags={tags} />;
  return (
    <Panel flush>
      <SegmentTable tags={tags} />
    </Panel>
  );
}
