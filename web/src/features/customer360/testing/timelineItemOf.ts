import type { TimelineItem } from "../timeline.logic";

/** A row of the timeline for tests. */
export function timelineItemOf(change: Partial<TimelineItem> = {}): TimelineItem {
  return {
    id: "order-1",
    at: "2011-09-09T10:00:00Z",
    kind: "order.placed",
    group: "order",
    title: "订单 565432",
    text: "",
    value: 318.4,
    channel: "",
    actor: "",
    is_sample: false,
    link: null,
    attrs: { order_id: "565432", lines: 12 },
    ...change,
  };
}
