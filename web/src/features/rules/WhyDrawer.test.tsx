import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { useUrlState } from "@/shared/lib/urlState";
import { address, renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { RuleWhy } from "./RuleWhy";
import { nodeOf, whyOf } from "./testing/whyOf";

const ASK = "GET /api/v1/w/demo/rules/7/why/101";

function Page() {
  const [{ why }, change] = useUrlState({ why: "" });
  return <RuleWhy ruleId={7} why={why} onChange={(next) => change({ why: next })} />;
}
const open = (at: string) => renderUi(<Page />, { at: `/w/demo/rules/7${at}`, path: "w/:slug/rules/:id" });

describe("BEY-07 为什么 / 为什么没有 on a rule's page", () => {
  it("finds a customer by name and keeps the question in the address", async () => {
    const customers = {
      items: [{ id: 101, name: "Rosewood Acre Market", key: "C-1" }],
      total: 1,
      total_is_capped: false,
      next_cursor: null,
    };
    serve({ "GET /api/v1/w/demo/customers": customers, [ASK]: whyOf() });
    open("?why=choose");
    await userEvent.click(await screen.findByLabelText("选择客户"));
    await userEvent.click(await screen.findByTitle("Rosewood Acre Market · C-1"));
    await waitFor(() => expect(address()).toContain("why=101"));
    expect(await screen.findByText("Rosewood Acre Market 没有满足触发条件。")).toBeInTheDocument();
  });

  it("shows each condition's result as a word, with what it saw and its evidence", async () => {
    const activity = {
      id: "a1",
      at: "2011-09-01T09:00:00Z",
      kind: "order.placed",
      group: "order" as const,
      title: "下单",
      text: "",
      value: 120.5,
      channel: "",
      actor: "",
      is_sample: false,
      link: null,
      attrs: {},
    };
    const tree = nodeOf({
      kind: "all",
      text: "同时满足以下全部",
      result: "unknown",
      parts: [
        nodeOf({ result: "true", evidence: [activity] }),
        nodeOf({ text: "近30天登录", result: "unknown", value_text: "" }),
      ],
    });
    serve({ "GET /api/v1/w/demo/customers": { items: [] }, [ASK]: whyOf({ verdict: "unknown", tree }) });
    open("?why=101");
    const when = await screen.findByRole("region", { name: "触发条件" });
    expect(screen.getByText(/缺数据不等于没有风险/)).toBeInTheDocument();
    expect(within(when).getByText("满足")).toBeInTheDocument();
    expect(within(when).getAllByText("缺数据")).toHaveLength(2);
    await userEvent.click(within(when).getByText("依据 1 条"));
    expect(within(when).getByText("£120.50")).toBeInTheDocument();
  });

  it("says when the exclusion is what decides", async () => {
    const exclude = nodeOf({ text: "标签含有「法务纠纷」", result: "true" });
    serve({ "GET /api/v1/w/demo/customers": { items: [] }, [ASK]: whyOf({ verdict: "excluded", exclude }) });
    open("?why=101");
    const block = await screen.findByRole("region", { name: "排除以下客户" });
    expect(block).toHaveTextContent("标签含有「法务纠纷」");
    expect(screen.getByText(/满足触发条件，但符合排除条件/)).toBeInTheDocument();
  });
});
