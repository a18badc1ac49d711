import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { listenForToasts } from "@/shared/ui/notify";
import { ruleOf } from "../testing/fixtures";
import { packs } from "../testing/packs";
import { PacksPanel } from "./PacksPanel";

const BASE = "/api/v1/w/demo/rules/packs";
const saas = { code: "saas", name: "软件订阅", about: "看登录", industry: "软件", rules: [] };
const open = (answers: Record<string, unknown> = {}, mayEdit = true) => {
  const asked = serve({
    [`GET ${BASE}`]: [...packs, saas],
    [`POST ${BASE}/vip/apply`]: [ruleOf(), ruleOf({ id: 8 })],
    ...answers,
  });
  const onClose = vi.fn();
  renderUi(<PacksPanel open mayEdit={mayEdit} onClose={onClose} />);
  return { asked, onClose };
};

afterEach(() => listenForToasts(() => undefined));

describe("RUL-04 packs of rules", () => {
  it("say what each is for and how many of its rules the data allow", async () => {
    open();
    const vip = await screen.findByLabelText("高价值客户");
    expect(within(vip).getByText("给客户经理留出时间")).toBeInTheDocument();
    expect(within(vip).getByText("现有数据可算 1 条")).toBeInTheDocument();
    expect(within(screen.getByLabelText("软件订阅")).getByText("现有数据可算 0 条")).toBeInTheDocument();
  });

  it("name beside a rule what it lacks, and nothing beside one that lacks nothing", async () => {
    open();
    const lacking = (await screen.findByText("高价值客户失联")).closest("li");
    expect(lacking).toHaveTextContent("还缺：登录记录");
    expect(screen.getByText("高价值客户下单骤降").closest("li")).not.toHaveTextContent("还缺");
  });

  it("are added as a whole, told by number, and the drawer closes", async () => {
    const told: string[] = [];
    listenForToasts(({ text }) => told.push(text));
    const { asked, onClose } = open();
    await userEvent.click(await screen.findByLabelText("高价值客户 加入 2 条规则"));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent(asked, `POST ${BASE}/vip/apply`)).toHaveLength(1);
    expect(told).toEqual(["已加入 2 条规则，状态为草稿"]);
  });

  it("stay open when they could not be added", async () => {
    const { asked, onClose } = open({ [`POST ${BASE}/vip/apply`]: refuse(409, "pack", "已经加入过") });
    await userEvent.click(await screen.findByLabelText("高价值客户 加入 2 条规则"));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/vip/apply`)).toHaveLength(1));
    expect(onClose).not.toHaveBeenCalled();
  });

  it("are to read for those who may not edit", async () => {
    open({}, false);
    await screen.findByLabelText("高价值客户");
    expect(screen.queryByLabelText(/加入 2 条规则/)).not.toBeInTheDocument();
  });

  it("say that there are none, and why they could not be read", async () => {
    let broken = true;
    open({ [`GET ${BASE}`]: () => (broken ? refuse(500, "broken", "数据库忙") : []) });
    await screen.findByText("数据库忙");
    broken = false;
    await userEvent.click(screen.getByText("重试"));
    expect(await screen.findByText("还没有规则包")).toBeInTheDocument();
  });
});
