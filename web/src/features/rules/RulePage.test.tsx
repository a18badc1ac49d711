import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { setWidth } from "@/shared/testing/screenSize";
import { type Asked, refuse, sent, serve } from "@/shared/testing/server";
import { RulePage } from "./RulePage";
import { catalogue, countOf, ruleDocument, ruleOf, sentences, versionOf } from "./testing/fixtures";

const BASE = "/api/v1/w/demo/rules";
const answers = {
  [`GET ${BASE}/catalogue`]: catalogue,
  [`POST ${BASE}/count`]: countOf(),
  [`GET ${BASE}/7`]: ruleOf(),
};
const open = (at = "/w/demo/rules/7", path = "w/:slug/rules/:ruleId?", workspace = workspaceOf()) =>
  renderUi(<RulePage />, { at, path, workspace });
const openNew = () => open("/w/demo/rules/new", "w/:slug/rules/new");
const region = (name: string) => screen.findByRole("region", { name });

async function chooseColumn(row: HTMLElement, label: string) {
  const box = within(row).getByLabelText("字段");
  await userEvent.click(box);
  await userEvent.paste(label);
  const option = () => document.querySelector(`.ant-select-item-option[title="${label}"]`);
  await waitFor(() => expect(option()).not.toBeNull());
  await userEvent.click(option() as HTMLElement);
}

afterEach(() => setWidth(1440));

describe("RUL-05 building a rule from nothing", () => {
  it("says what is missing only when somebody tries to save", async () => {
    const asked = serve(answers);
    openNew();
    const when = await region("触发条件");
    expect(within(when).queryByText("请选择字段")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "存为草稿" }));
    expect(within(when).getByText("请选择字段")).toBeInTheDocument();
    expect(screen.getByText("请填写规则名称")).toBeInTheDocument();
    expect(sent(asked, `POST ${BASE}`)).toEqual([]);
    expect(sent(asked, `POST ${BASE}/count`)).toEqual([]);
  });

  it("counts as it grows, saves, and opens the stored rule", async () => {
    const made = ruleOf({ id: 12, live: null, draft: versionOf({ status: "draft" }) });
    const asked = serve({ ...answers, [`POST ${BASE}`]: made });
    openNew();
    await chooseColumn(await screen.findByLabelText("条件：未选择字段"), "近90天下单金额");
    const row = within(screen.getByLabelText("条件：近90天下单金额"));
    await userEvent.selectOptions(row.getByLabelText("比较方式"), "lt");
    await userEvent.click(row.getByLabelText("数值"));
    await userEvent.paste("500");
    expect(await screen.findByTestId("matched")).toHaveTextContent("27 家");
    await fill("规则名称", "下单骤降");
    await userEvent.click(screen.getByText("存为草稿"));
    await waitFor(() => expect(address()).toContain("/rules/12"));
    const rule = { when: { all: [{ column: "order_amount_90", op: "lt", value: 500 }] }, exclude: null };
    expect(sent(asked, `POST ${BASE}/count`).at(-1)).toEqual({ rule });
    expect(sent(asked, `POST ${BASE}`)[0]).toMatchObject({ name: "下单骤降", rule, effects: { level: "medium" } });
    expect(localStorage.getItem("liuke.rule.demo.new")).toBeNull();
  });

  it("RUL-01 RUL-03 nests a group in a group and excludes", async () => {
    const rule = { when: { all: [{ column: "signal.SIG-20", op: "is_true" }] }, exclude: null };
    const asked = serve({ ...answers, [`GET ${BASE}/7`]: ruleOf({ live: versionOf({ rule }) }) });
    open();
    await userEvent.click(await screen.findByText("添加条件组"));
    await chooseColumn(screen.getByLabelText("条件：未选择字段"), "下单金额下降");
    await userEvent.click(screen.getByText("添加排除条件"));
    await chooseColumn(screen.getByLabelText("条件：未选择字段"), "标签");
    await userEvent.selectOptions(screen.getByLabelText("文字"), "legal");
    const grown = {
      when: { all: [...rule.when.all, { any: rule.when.all }] },
      exclude: { all: [{ column: "tags", op: "has", value: "legal" }] },
    };
    await waitFor(() => expect(sent(asked, `POST ${BASE}/count`).at(-1)).toEqual({ rule: grown }));
  });

  it("finds a field by a part of its name, in whatever group it is", async () => {
    serve(answers);
    openNew();
    await userEvent.click(within(await screen.findByLabelText("条件：未选择字段")).getByLabelText("字段"));
    await userEvent.paste("风险");
    const titles = () =>
      [...document.querySelectorAll(".ant-select-item-option")].map((one) => one.getAttribute("title"));
    await waitFor(() => expect(titles()).toEqual(["风险分"]));
  });

  it("undoes and redoes edits", async () => {
    serve(answers);
    openNew();
    const when = await region("触发条件");
    await userEvent.click(within(when).getByText("添加条件"));
    expect(within(when).getAllByLabelText("字段")).toHaveLength(2);
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    expect(within(when).getAllByLabelText("字段")).toHaveLength(1);
    await userEvent.click(screen.getByRole("button", { name: "重做" }));
    expect(within(when).getAllByLabelText("字段")).toHaveLength(2);
  });
});

describe("editing a rule", () => {
  it("moves, copies and deletes by the keyboard, with the focus staying at work", async () => {
    serve(answers);
    open();
    const when = await region("触发条件");
    const down = within(when).getByLabelText("下移 客户价值");
    down.focus();
    await userEvent.keyboard("{Enter}");
    const group = within(when).getByLabelText("条件组，满足任一");
    expect(within(group).getByLabelText("条件：客户价值")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText("下移 客户价值")).toHaveFocus());
    await userEvent.click(screen.getByLabelText("复制 客户价值"));
    expect(within(group).getAllByLabelText("条件：客户价值")).toHaveLength(2);
    const [remove] = screen.getAllByLabelText("删除 客户价值");
    await userEvent.click(remove as HTMLElement);
    expect(within(group).getAllByLabelText("条件：客户价值")).toHaveLength(1);
    await waitFor(() => expect(within(group).getByRole("button", { name: "添加条件" })).toHaveFocus());
  });

  it("keeps the number while the next is counted, then shows it with its words", async () => {
    let matched = 27;
    serve({ ...answers, [`POST ${BASE}/count`]: () => countOf({ matched }) });
    open();
    expect(await screen.findByTestId("matched")).toHaveTextContent("27 家");
    matched = 9;
    await userEvent.click(
      within(await region("触发条件")).getAllByRole("button", { name: "满足任一" })[0] as HTMLElement,
    );
    expect(screen.getByTestId("matched")).toHaveTextContent("27 家");
    await waitFor(() => expect(screen.getByTestId("matched")).toHaveTextContent("9 家"));
    expect(await region("规则表达")).toHaveTextContent("近90天下单金额小于 £500");
  });

  it("shows faults at the condition that they name, and does not save by itself meanwhile", async () => {
    const asked = serve({
      ...answers,
      [`POST ${BASE}/count`]: refuse(422, "rule", "规则有误", [
        { where: "when.all.1.any.0.value", message: "when.all.1.any.0.value：应为数字" },
      ]),
    });
    open();
    const row = await screen.findByRole("group", { name: "条件：近90天下单金额" });
    expect(await within(row).findByText("应为数字")).toBeInTheDocument();
    expect(screen.getByText("条件有误，改正后更新命中数")).toBeInTheDocument();
    expect(sent(asked, `PUT ${BASE}/7/draft`)).toEqual([]);
  });

  it("saves the draft by itself a moment after the last change", async () => {
    const asked = serve({
      ...answers,
      [`PUT ${BASE}/7/draft`]: ({ body }: Asked) =>
        ruleOf({ name: (body as { name: string }).name, draft: versionOf({ status: "draft", version: 2 }) }),
    });
    open();
    await screen.findByTestId("matched");
    await fill("规则名称", "新名称");
    expect(screen.getByText("有未保存的修改")).toBeInTheDocument();
    await waitFor(() => expect(sent(asked, `PUT ${BASE}/7/draft`)).toHaveLength(1));
    expect(sent(asked, `PUT ${BASE}/7/draft`)[0]).toMatchObject({
      name: "新名称",
      rule: ruleDocument,
      seen_at: "2011-09-08T02:00:00Z",
    });
    expect(await screen.findByText(/草稿已自动保存/)).toBeInTheDocument();
  });

  it("brings back what an earlier visit did not save, and drops it on demand", async () => {
    const body = { name: "昨天改的", about: "", rule: ruleDocument, effects: ruleOf().live?.effects };
    localStorage.setItem("liuke.rule.demo.7", JSON.stringify({ at: "2011-09-09T20:00:00Z", body }));
    serve(answers);
    open();
    expect(await screen.findByDisplayValue("昨天改的")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "不要这些修改" }));
    expect(screen.getByDisplayValue("重点客户下单骤降")).toBeInTheDocument();
    await waitFor(() => expect(localStorage.getItem("liuke.rule.demo.7")).toBeNull());
  });

  it("asks before unsaved changes are left behind", async () => {
    serve(answers);
    open();
    await screen.findByTestId("matched");
    await fill("规则名称", "");
    await userEvent.click(screen.getByRole("link", { name: "全部规则" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("修改还没有保存");
    await userEvent.click(within(dialog).getByRole("button", { name: "继续编辑" }));
    expect(address()).toContain("/rules/7");
    await userEvent.click(screen.getByRole("link", { name: "全部规则" }));
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "离开" }));
    await waitFor(() => expect(address()).toBe("/w/demo/rules"));
  });

  it("gives no points to a rule that asks for the score", async () => {
    serve({
      ...answers,
      [`GET ${BASE}/7`]: ruleOf({
        live: versionOf({ rule: { when: { all: [{ column: "score", op: "ge", value: 80 }] }, exclude: null } }),
      }),
    });
    open();
    expect(await screen.findByLabelText("加减分")).toBeDisabled();
    expect(screen.getByText(/不能再反过来加减分/)).toBeInTheDocument();
  });
});

describe("publishing and going back", () => {
  it("tells how many customers it will concern, saves with the note, publishes", async () => {
    const asked = serve({
      ...answers,
      [`PUT ${BASE}/7/draft`]: ruleOf({ draft: versionOf({ status: "draft", version: 2 }) }),
      [`POST ${BASE}/7/publish`]: ruleOf({ live: versionOf({ version: 2 }) }),
    });
    open();
    await screen.findByTestId("matched");
    await userEvent.click(screen.getByRole("button", { name: "发布" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("现在命中 27 家");
    expect(dialog).toHaveTextContent("将替换第 1 版，现在命中 12 家");
    expect(dialog).toHaveTextContent("命中后：中级预警、生成任务");
    await fill("改动说明", "收紧金额");
    await userEvent.click(within(dialog).getByRole("button", { name: "发布" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/7/publish`)).toHaveLength(1));
    expect(sent(asked, `PUT ${BASE}/7/draft`)[0]).toMatchObject({ note: "收紧金额" });
  });

  it("shows who changed what, line by line, and restores an older version", async () => {
    const older = [...sentences.slice(0, 2), { depth: 1, text: "近90天下单金额小于 £900", place: "when.all.1" }];
    const asked = serve({
      ...answers,
      [`GET ${BASE}/7`]: ruleOf({ live: versionOf({ version: 2 }) }),
      [`GET ${BASE}/7/versions`]: [
        versionOf({ version: 2, note: "收紧金额" }),
        versionOf({ version: 1, status: "retired", sentences: older }),
      ],
      [`POST ${BASE}/7/versions/1/restore`]: ruleOf({
        name: "恢复的",
        draft: versionOf({ status: "draft", version: 3 }),
      }),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "版本记录" }));
    const drawer = await screen.findByRole("dialog");
    expect(await within(drawer).findByText(/林晓雯.*收紧金额/)).toBeInTheDocument();
    expect(within(drawer).getByText("近90天下单金额小于 £900", { selector: ".removed" })).toHaveTextContent("删除");
    expect(within(drawer).getByText("近90天下单金额小于 £500", { selector: ".added" })).toBeInTheDocument();
    await userEvent.click(within(drawer).getByRole("button", { name: "恢复为草稿" }));
    await userEvent.click(await screen.findByRole("button", { name: "确定" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/7/versions/1/restore`)).toHaveLength(1));
    expect(await screen.findByDisplayValue("恢复的")).toBeInTheDocument();
  });
});

describe("a rule to read", () => {
  it("is sentences with its figures on the phone, and says where it is edited", async () => {
    setWidth(390);
    serve(answers);
    open();
    expect(await screen.findByText("近90天下单金额小于 £500")).toBeInTheDocument();
    expect(screen.getByText(/修改规则请在电脑上进行/)).toBeInTheDocument();
    expect(screen.getByRole("switch")).toBeEnabled();
    expect(screen.queryByRole("button", { name: "发布" })).not.toBeInTheDocument();
  });

  it("is read by those who may not publish", async () => {
    serve(answers);
    open("/w/demo/rules/7", "w/:slug/rules/:ruleId", workspaceOf({ permissions: [] }));
    expect(await screen.findByText("命中后：中级预警、生成任务")).toBeInTheDocument();
    expect(screen.queryByRole("combobox", { name: "字段" })).not.toBeInTheDocument();
  });
});
