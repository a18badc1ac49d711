import {
  AlertOutlined,
  CheckSquareOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  EllipsisOutlined,
  FileTextOutlined,
  FlagOutlined,
  LoginOutlined,
  MessageOutlined,
  NotificationOutlined,
  PhoneOutlined,
  PoundOutlined,
  ShoppingOutlined,
  SmileOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ReadingChips, ReadText } from "@/shared/text/ReadText";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SampleMark } from "@/shared/ui/SampleMark";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { OrderLines, orderIdOf } from "./OrderLines";
import { amountBeside, byDay, chipsOf, type Group, groupOf, type TimelineItem } from "./timeline.logic";

const LIMIT = 30;
const ICONS: Record<Group, typeof MessageOutlined> = {
  order: ShoppingOutlined,
  message: MessageOutlined,
  ticket: CustomerServiceOutlined,
  payment: PoundOutlined,
  survey: SmileOutlined,
  contract: FileTextOutlined,
  use: LoginOutlined,
  visit: PhoneOutlined,
  campaign: NotificationOutlined,
  alert: AlertOutlined,
  work: CheckSquareOutlined,
  outcome: FlagOutlined,
  score: DashboardOutlined,
  other: EllipsisOutlined,
};

/** Everything that happened, newest first, by kind. */
export function Timeline({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customer360");
  const [{ kind }, change] = useUrlState({ kind: "" });
  const group = groupOf(kind);
  const path = { slug: useSlug(), customer_id: customerId };
  const query = { limit: LIMIT, ...(group && { groups: group }) };
  const timeline = api.useInfiniteQuery(
    "get",
    "/api/v1/w/{slug}/customers/{customer_id}/timeline",
    { params: { path, query } },
    { initialPageParam: "", pageParamName: "cursor", getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined },
  );
  const counts = timeline.data?.pages[0]?.counts ?? {};
  const chips = chipsOf(counts).map(({ key, count }) => ({ key, label: t(`group.${key}`), count }));
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t("timeline.title")}>
      {chips.length > 1 && (
        <Chips
          label={t("timeline.kinds")}
          items={chips}
          value={group ?? "all"}
          onChange={(key) => change({ kind: key === "all" ? "" : key }, { replace: true })}
        />
      )}
      {timeline.isError && <ErrorState error={timeline.error} retry={() => void timeline.refetch()} />}
      {timeline.isPending && <SkeletonRows />}
      {timeline.data && items.length === 0 && <EmptyState title={t("timeline.empty")} />}
      <Days items={items} customerId={customerId} />
      {timeline.hasNextPage && (
        <Button block loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t("timeline.more")}
        </Button>
      )}
    </Panel>
  );
}

function Days({ items, customerId }: { items: readonly TimelineItem[]; customerId: number }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  return byDay(items, format.day).map(({ day, items: some }) => (
    <section key={day} aria-label={day}>
      <h3 className="timeline-day">{format.isToday(some[0]?.at ?? day) ? t("timeline.today") : day}</h3>
      <ol className="timeline">
        {some.map((item) => (
          <Entry key={item.id} item={item} customerId={customerId} />
        ))}
      </ol>
    </section>
  ));
}

function Entry({ item, customerId }: { item: TimelineItem; customerId: number }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  const to = useTo();
  const group = groupOf(item.group);
  const orderId = orderIdOf(item);
  const amount = amountBeside(item);
  const link = item.link && (item.link.startsWith("/w/") ? item.link : to(item.link));
  return (
    <li>
      <span className="timeline-icon">{group && <Icon of={ICONS[group]} />}</span>
      <div className="grow">
        <div className="spread">
          <span className="grow">
            <strong>{link ? <Link to={link}>{item.title}</Link> : item.title}</strong>{" "}
            {item.actor && <span className="muted">{item.actor}</span>} {item.is_sample && <SampleMark />}
          </span>
          {amount !== null && <span className="num">{format.moneyExact(amount)}</span>}
          <time className="muted small" dateTime={item.at}>
            {format.clock(item.at)}
          </time>
        </div>
        {group && <span className="sr-only">{t(`group.${group}`)}</span>}
        <Words item={item} />
        {orderId && <OrderLines customerId={customerId} orderId={orderId} />}
      </div>
    </li>
  );
}

/** What was written, with the words that show something marked, and what was read in it. */
function Words({ item: { text, group, reading } }: { item: TimelineItem }) {
  if (!text) return null;
  return (
    <>
      <p className={group === "message" || group === "ticket" || group === "survey" ? "quote" : "muted"}>
        <ReadText text={text} reading={reading} />
      </p>
      {reading && <ReadingChips reading={reading} />}
    </>
  );
}
