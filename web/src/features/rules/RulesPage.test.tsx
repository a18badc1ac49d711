import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { setWidth } from "@/shared/testing/screenSize";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { RulesPage } from "./RulesPage";
import { interval } from "./testing/backtestOf";
import { ruleOf, versionOf } from "./testing/fixtures";
import { packs } from "./testing/packs";

const BASE = "/api/v1/w/demo/rules";
const rules = [
  ruleOf({ pack: "高价值客户" }),
  ruleOf({
    id: 8,
    name: "沉默客户",
    enabled: false,
    live: null,
    draft: versionOf({ status: "trial" }),
    precision: null,
  }),
  ruleOf({ id: 9, name: "旧规则", archived: true }),
];
const open = (at = "/w/demo/rules", workspace = workspaceOf()) =>
  renderUi(
    <>
      <RulesPage />
      <UndoToast />
    </>,
    { at, path: "w/:slug/rules", workspace },
  );

afterEach(() => setWidth(1440));

describe("RUL-05 the list of rules", () => {
  it("reads each as sentences, its status apart from its switch, its precision with interval and n", async () => {
    serve({ [`GET ${BASE}`]: rules });
    open();
    const row = await screen.findByRole("row", { name: /重点客户下单骤降/ });
    expect(within(row).getByText("近90天下单金额小于 £500")).toBeInTheDocument();
    expect(within(row).getByText("已发布")).toBeInTheDocument();
    expect(within(row).getByRole("switch", { name: "启用「重点客户下单骤降」" })).toBeChecked();
    expect(within(row).getByText(/30%–53%.n=64/)).toBeInTheDocument();
    const trial = screen.getByRole("row", { name: /沉默客户/ });
    expect(within(trial).getByText("试运行")).toBeInTheDocument();
    expect(within(trial).getByRole("switch")).not.toBeChecked();
    expect(within(trial).getByText("还没有到期的命中")).toBeInTheDocument();
    expect(screen.queryByText("旧规则")).not.toBeInTheDocument();
  });

  it("keeps search and filters in the address", async () => {
    serve({ [`GET ${BASE}`]: rules });
    open("/w/demo/rules?status=trial");
    expect(await screen.findByRole("link", { name: "沉默客户" })).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "重点客户下单骤降" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "清除筛选" }));
    await userEvent.type(screen.getByRole("searchbox"), "骤降{Enter}");
    await waitFor(() => expect(address()).toContain("q="));
    expect(screen.queryByRole("link", { name: "沉默客户" })).not.toBeInTheDocument();
  });

  it("switches a rule off at once", async () => {
    const asked = serve({ [`GET ${BASE}`]: rules, [`POST ${BASE}/7/enabled`]: ruleOf({ enabled: false }) });
    open();
    await userEvent.click(await screen.findByRole("switch", { name: "启用「重点客户下单骤降」" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/7/enabled`)).toEqual([{ enabled: false }]));
  });

  it("archives a rule and takes it back", async () => {
    const asked = serve({
      [`GET ${BASE}`]: rules,
      [`DELETE ${BASE}/7`]: { ok: true },
      [`POST ${BASE}/7/unarchive`]: ruleOf(),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "更多操作：重点客户下单骤降" }));
    await userEvent.click(screen.getByRole("button", { name: "归档" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/7/unarchive`)).toHaveLength(1));
  });

  it("offers packs where there are no rules, tells what their rules lack, and adds them", async () => {
    const asked = serve({
      [`GET ${BASE}`]: [],
      [`GET ${BASE}/packs`]: packs,
      [`POST ${BASE}/packs/vip/apply`]: [ruleOf()],
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "从规则包开始" }));
    const pack = await screen.findByRole("region", { name: "高价值客户" });
    expect(pack).toHaveTextContent("现有数据可算 1 条");
    expect(pack).toHaveTextContent("还缺：登录记录");
    await userEvent.click(within(pack).getByRole("button", { name: /加入 2 条规则/ }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/packs/vip/apply`)).toHaveLength(1));
  });

  it("RUL-06 proposes rules for review with the figures that speak against them", async () => {
    const row = {
      rule_id: 8,
      name: "沉默客户",
      customers: 2850,
      triggered: 4,
      trigger_rate: interval(0.001),
      handled: 3,
      not_lost: interval(0.1, { n: 3 }),
      base_not_lost: interval(0.6, { n: 420 }),
      proposed: true,
      text: "触发少，处理后多数仍流失",
    };
    serve({ [`GET ${BASE}`]: rules, [`GET ${BASE}/review`]: [row] });
    open("/w/demo/rules?tab=review");
    const shown = await screen.findByRole("row", { name: /沉默客户/ });
    expect(shown).toHaveTextContent("建议停用");
    expect(shown).toHaveTextContent("n=420");
  });

  it("is to read where the role may not publish", async () => {
    serve({ [`GET ${BASE}`]: rules });
    open("/w/demo/rules", workspaceOf({ permissions: ["handle"] }));
    expect(await screen.findByRole("switch", { name: "启用「重点客户下单骤降」" })).toBeDisabled();
    expect(screen.queryByRole("button", { name: "新建规则" })).not.toBeInTheDocument();
    expect(screen.getByText(/你可以查看规则/)).toBeInTheDocument();
  });

  it("is cards of sentences with a switch on the phone, without editing", async () => {
    setWidth(390);
    serve({ [`GET ${BASE}`]: rules });
    open();
    expect(await screen.findByRole("link", { name: "沉默客户" })).toHaveAttribute("href", "/w/demo/rules/8");
    expect(screen.getAllByText("近90天下单金额小于 £500").length).toBe(2);
    expect(screen.getAllByRole("switch")).toHaveLength(2);
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "新建规则" })).not.toBeInTheDocument();
  });
});
