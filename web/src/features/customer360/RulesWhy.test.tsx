import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { whyOf } from "@/features/rules/testing/whyOf";
import { useUrlState } from "@/shared/lib/urlState";
import { address, renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { EvidenceDrawer } from "./EvidenceDrawer";
import { ReasonList } from "./ReasonList";

const reasons = [
  {
    signal: "rule:7",
    family: "rule" as const,
    points: 0,
    text: "命中规则「下单骤降」",
    has_evidence: false,
    parts: [],
  },
];

function Page() {
  const [{ evidence }, change] = useUrlState({ evidence: "" });
  return (
    <>
      <ReasonList base={20} reasons={reasons} score={20} onOpen={(signal) => change({ evidence: signal })} />
      <EvidenceDrawer customerId={101} signal={evidence} onClose={() => change({ evidence: "" })} />
    </>
  );
}

const rules = [
  { rule_id: 8, name: "沉默客户", verdict: "not_matched" as const, text: "1 个条件不满足" },
  { rule_id: 7, name: "下单骤降", verdict: "matched" as const, text: "全部满足" },
];
const open = () => renderUi(<Page />, { at: "/w/demo/customers/101", path: "w/:slug/customers/:id" });

describe("BEY-07 why and why not, from a customer and from an alert", () => {
  it("opens the conditions behind a rule among the reasons", async () => {
    const why = whyOf({
      verdict: "matched",
      alert: { raised: true, steps: [{ key: "budget", ok: true, text: "没有超过每日上限" }] },
    });
    serve({ "GET /api/v1/w/demo/rules/7/why/101": why });
    open();
    await userEvent.click(screen.getByRole("button", { name: /命中规则/ }));
    const drawer = await screen.findByRole("dialog");
    expect(await within(drawer).findByText("实际：£1,204 · 数据时间 2011-09-08 11:00")).toBeInTheDocument();
    expect(within(drawer).getByText("没有超过每日上限")).toHaveTextContent("通过");
    expect(within(drawer).getByText("已产生预警")).toBeInTheDocument();
  });

  it("lists what each rule says, what fired first, and leads to its conditions and back", async () => {
    serve({
      "GET /api/v1/w/demo/customers/101/why": rules,
      "GET /api/v1/w/demo/rules/8/why/101": whyOf(),
    });
    open();
    await userEvent.click(screen.getByRole("button", { name: "各条规则为什么命中或没命中" }));
    const drawer = await screen.findByRole("dialog");
    const names = (await within(drawer).findAllByRole("listitem")).map(({ textContent }) => textContent);
    expect(names[0]).toContain("下单骤降命中");
    expect(names[1]).toContain("沉默客户未命中");
    await userEvent.click(within(drawer).getByRole("button", { name: /沉默客户/ }));
    await waitFor(() => expect(address()).toContain("evidence=rule%3A8"));
    expect(await within(drawer).findByText("没有产生预警")).toBeInTheDocument();
    expect(within(drawer).getByText("规则没有命中")).toHaveTextContent("拦下");
    await userEvent.click(within(drawer).getByRole("button", { name: "全部规则" }));
    await waitFor(() => expect(address()).toContain("evidence=rules"));
  });
});
