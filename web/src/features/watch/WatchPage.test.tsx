import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { pageOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { WatchPage } from "./WatchPage";
import { reasonOf } from "./watch.logic";

const LIST = "/api/v1/w/demo/watch";

function rowOf(change: Partial<Schemas["WatchRow"]> = {}): Schemas["WatchRow"] {
  return {
    id: 1,
    customer: { id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false },
    reason: "handed_over",
    reason_text: "更换负责人，原为 王芳",
    since: "2011-09-01T00:00:00Z",
    days_left: 82,
    owner: { id: 2, name: "陈嘉豪", team: null },
    tier: "high",
    level: "medium",
    score: 72,
    annual_value: 12_000,
    last_contact_at: null,
    ...change,
  };
}
const counts = {
  all: 2,
  handed_over: 1,
  owner_left: 0,
  contact_gone: 0,
  deleted_us: 0,
  one_colleague: 1,
  one_contact: 0,
};
const second = rowOf({
  id: 2,
  customer: { id: 8, key: "C8", name: "华东灯具", name_is_sample: false },
  days_left: null,
  owner: null,
  reason: "one_colleague",
  reason_text: "近 180 天 9 次联系都只经我方 王芳",
  last_contact_at: "2011-09-03T00:00:00Z",
});
const open = () => renderUi(<WatchPage />, { at: "/w/demo/customers/watch", path: "/w/:slug/customers/watch" });

describe("断线守护 (BEY-15)", () => {
  it("lists why, the days left and the last contact", async () => {
    serve({ [`GET ${LIST}`]: pageOf([rowOf(), second]), [`GET ${LIST}/counts`]: counts });
    open();
    const row = await screen.findByRole("listitem", { name: "宁波瑞安" });
    expect(row).toHaveTextContent("更换负责人，原为 王芳");
    expect(row).toHaveTextContent("还有 82 天");
    expect(row).toHaveTextContent("没有联系记录");
    expect(screen.getByRole("listitem", { name: "华东灯具" })).toHaveTextContent("最近联系 2011-09-03");
    expect(await screen.findByRole("button", { name: /刚交接 1/ })).toBeInTheDocument();
  });

  it("filters by reason in the address", async () => {
    const asked = serve({ [`GET ${LIST}`]: pageOf([second]), [`GET ${LIST}/counts`]: counts });
    open();
    await userEvent.click(await screen.findByRole("button", { name: /只靠一位同事/ }));
    expect(address()).toContain("reason=one_colleague");
    await waitFor(() => expect(asked.some(({ query }) => query.get("reason") === "one_colleague")).toBe(true));
  });

  it("stands beside 客户", async () => {
    serve({ [`GET ${LIST}`]: pageOf([]), [`GET ${LIST}/counts`]: { ...counts, all: 0 } });
    open();
    expect(await screen.findByText("没有需要守护的客户")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "断线守护" })).toHaveAttribute("aria-current", "page");
    expect(screen.getByRole("link", { name: "客户" })).toHaveAttribute("href", "/w/demo/customers");
  });

  it("says what went wrong", async () => {
    serve({ [`GET ${LIST}`]: refuse(500, "broken", "出错了"), [`GET ${LIST}/counts`]: counts });
    open();
    expect(await screen.findByText(/出错了/)).toBeInTheDocument();
  });

  it("takes no reason that it does not know", () => {
    expect(["one_contact", "nonsense", ""].map(reasonOf)).toEqual(["one_contact", "", ""]);
  });
});
