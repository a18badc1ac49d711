import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { workItemOf } from "../tasks/testing/workItemOf";
import { TodayPage } from "./TodayPage";

const TODAY = "GET /api/v1/w/demo/today";
const item: Schemas["TodayItem"] = {
  customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: true },
  work_item_id: 11,
  alert_id: 3,
  level: "high",
  score: 92,
  why: "近30天下单金额下降62%",
  annual_value: 12_400,
  say: "您好,最近补货节奏有变化吗?",
  phone: "+44 7700 900912",
  due_at: "2011-09-10T09:00:00Z",
};
const todayOf = (items: Schemas["TodayItem"][]): Schemas["TodayOut"] => ({
  items,
  done_today: 2,
  open_total: 19,
  overdue: 3,
});
const open = () => renderUi(<TodayPage />, { at: "/w/demo/today", path: "/w/:slug/today" });

it("MOB-01 says who, why, how much and what to say", async () => {
  serve({ [TODAY]: todayOf([item]) });
  open();
  const card = await screen.findByRole("listitem");
  expect(card).toHaveTextContent("近30天下单金额下降62%");
  expect(card).toHaveTextContent("年消费 £1.2 万");
  expect(card).toHaveTextContent("您好,最近补货节奏有变化吗?");
  expect(card).toHaveTextContent("10:00 前跟进");
  expect(screen.getByText("今天已跟进 2 家,待办 19 项,3 项超时")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "宁波瑞安贸易有限公司" })).toHaveAttribute("href", "/w/demo/tasks/11");
  expect(screen.getByRole("link", { name: "拨打" })).toHaveAttribute("href", "tel:+44 7700 900912");
  expect(screen.getByRole("link", { name: "今天的名单" })).toHaveAttribute("href", "/w/demo/team?tab=day&own=1");
});

it("does not offer to call a masked number", async () => {
  serve({ [TODAY]: todayOf([{ ...item, phone: "+44 ****" }]) });
  open();
  expect((await screen.findByText("拨打")).closest("a, button")).toHaveAttribute("disabled");
});

it("records a follow-up from the card", async () => {
  const asked = serve({ [TODAY]: todayOf([item]), "POST /api/v1/w/demo/work-items/11/follow-ups": workItemOf() });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "跟进" }));
  await userEvent.click(await screen.findByRole("radio", { name: "改约" }));
  await userEvent.click(screen.getByRole("button", { name: "保存跟进" }));
  await waitFor(() => expect(sent(asked, "POST /api/v1/w/demo/work-items/11/follow-ups")).toHaveLength(1));
});

it("says so when nobody comes first", async () => {
  serve({ [TODAY]: todayOf([]) });
  open();
  expect(await screen.findByRole("heading", { name: "今天没有要优先跟进的客户" })).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "看看预警中心" })).toBeInTheDocument();
});
