import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { MetricPage } from "./MetricPage";
import { listOf, metricOf, own, preview } from "./testing/fixtures";

const LIST = "/api/v1/w/demo/metrics";
const answers = {
  [`GET ${LIST}`]: listOf(),
  [`POST ${LIST}/preview`]: preview,
  [`POST ${LIST}`]: own,
  [`PUT ${LIST}/${own.code}`]: { ...own, name: "登录次数" },
  [`GET ${LIST}/order_amount_90/preview`]: preview,
};
const create = (search = "") =>
  renderUi(<MetricPage />, { at: `/w/demo/metrics/new${search}`, path: "/w/:slug/metrics/new" });
const edit = (code: string, workspace = workspaceOf()) =>
  renderUi(<MetricPage />, { at: `/w/demo/metrics/${code}`, path: "/w/:slug/metrics/:code", workspace });
const tried = (asked: ReturnType<typeof serve>) => sent(asked, `POST ${LIST}/preview`).at(-1) as { spec: object };

describe("DAT-13 a metric without code", () => {
  it("shows real customers while the sentence is made, and keeps nothing yet", async () => {
    const asked = serve(answers);
    create();
    await userEvent.selectOptions(await screen.findByLabelText("行为"), "下单");
    await userEvent.selectOptions(screen.getByLabelText("算什么"), "合计");
    expect(await screen.findByText("共 4,000 家", { exact: false })).toHaveTextContent("10% 没有值");
    await waitFor(() =>
      expect(tried(asked)).toMatchObject({ spec: { kinds: ["order.placed"], measure: "sum", of: "value", days: 30 } }),
    );
    expect(screen.getByRole("link", { name: "长江五金" })).toHaveAttribute("href", "/w/demo/customers/102");
    expect(screen.getByRole("listitem", { name: "£0 到 £500：2,000 家" })).toBeInTheDocument();
    expect(screen.getByText("SELECT customer_id")).toBeInTheDocument();
    expect(sent(asked, `POST ${LIST}`)).toEqual([]);
  });

  it("needs a name, then saves and goes back to the own metrics", async () => {
    const asked = serve(answers);
    create();
    const save = await screen.findByRole("button", { name: "保存" });
    expect(save).toBeDisabled();
    await userEvent.type(screen.getByLabelText("名称"), " 近30天登录 ");
    await userEvent.selectOptions(screen.getByLabelText("行为"), "登录（还没有数据）");
    await userEvent.click(save);
    await waitFor(() => expect(address()).toBe("/w/demo/metrics?view=own"));
    expect(sent(asked, `POST ${LIST}`)).toEqual([
      { name: "近30天登录", unit: "", spec: expect.objectContaining({ kinds: ["login"], measure: "count" }) },
    ]);
  });

  it("asks for what each comparison needs", async () => {
    const asked = serve(answers);
    create();
    await userEvent.click(await screen.findByLabelText("连续几周下降"));
    expect(screen.queryByLabelText("近几天")).not.toBeInTheDocument();
    await userEvent.clear(screen.getByLabelText("比往常少多少才算"));
    await userEvent.type(screen.getByLabelText("比往常少多少才算"), "30");
    await waitFor(() => expect(tried(asked)).toMatchObject({ spec: { shape: "streak", weeks: 3, drop: 0.3 } }), {
      timeout: 3000,
    });
    await userEvent.click(screen.getByLabelText("和同类客户比"));
    await userEvent.selectOptions(screen.getByLabelText("按什么分组"), "industry");
    await waitFor(() => expect(tried(asked)).toMatchObject({ spec: { shape: "peers", by: "attr.industry" } }), {
      timeout: 3000,
    });
    await userEvent.click(screen.getByLabelText("看走势"));
    expect(screen.getByLabelText("看几周")).toHaveValue("12");
  });

  it("takes all of the past, another field, and kinds away again", async () => {
    const asked = serve(answers);
    create("?from=order_amount_90");
    expect(await screen.findByLabelText("名称")).toHaveValue("近90天下单金额（副本）");
    await userEvent.click(screen.getByRole("checkbox", { name: "全部历史" }));
    await userEvent.selectOptions(screen.getByLabelText("对哪个数"), "其他字段");
    expect(screen.getByLabelText("字段名")).toHaveValue("quantity");
    await userEvent.click(screen.getByRole("button", { name: "去掉“下单”" }));
    expect(screen.getByText("客户的任何互动")).toBeInTheDocument();
    await waitFor(() =>
      expect(tried(asked)).toMatchObject({ spec: { kinds: [], of: "attrs.quantity", days: null, measure: "sum" } }),
    );
  });

  it("puts each fault beside its field, while trying and when saving", async () => {
    serve({
      ...answers,
      [`POST ${LIST}/preview`]: refuse(422, "metric", "指标有1处需要修改", [
        { where: "spec.days", message: "须为1到3660之间的整数" },
      ]),
    });
    create();
    expect(await screen.findByLabelText("近几天")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText("近几天")).toHaveAccessibleDescription("须为1到3660之间的整数"));
  });

  it("tells that a name is taken", async () => {
    serve({ ...answers, [`POST ${LIST}`]: refuse(409, "metric_name_taken", "已有同名的指标“登录”") });
    create();
    await userEvent.type(await screen.findByLabelText("名称"), "登录");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByText("已有同名的指标“登录”")).toBeInTheDocument();
    expect(screen.getByLabelText("名称")).toHaveValue("登录");
  });

  it("changes an own metric under its code", async () => {
    const asked = serve(answers);
    edit(own.code);
    const name = await screen.findByLabelText("名称");
    expect(name).toHaveValue("近30天登录");
    await userEvent.clear(name);
    await userEvent.type(name, "登录次数{Enter}");
    await waitFor(() => expect(sent(asked, `PUT ${LIST}/${own.code}`)).toHaveLength(1));
    expect(sent(asked, `PUT ${LIST}/${own.code}`)[0]).toMatchObject({ name: "登录次数", unit: "count" });
  });

  it("says when nobody has a value", async () => {
    const nobody = { ...preview, missing: 4000, sample: [], bins: [], sql: "", median: null };
    serve({ ...answers, [`POST ${LIST}/preview`]: nobody });
    create();
    expect(await screen.findByText("没有客户有这个值")).toBeInTheDocument();
    expect(screen.queryByText("查看 SQL")).not.toBeInTheDocument();
  });
});

describe("a metric to look at", () => {
  it("shows a built-in one with its uses and its numbers, and offers a copy", async () => {
    serve(answers);
    edit("order_amount_90");
    expect(await screen.findByText("内置指标，不能修改。可以以此新建一个自己的。")).toBeInTheDocument();
    expect(screen.getByText("下单金额下降")).toBeInTheDocument();
    expect(await screen.findByText("共 4,000 家", { exact: false })).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "以此新建" })).toHaveAttribute(
      "href",
      "/w/demo/metrics/new?from=order_amount_90",
    );
    expect(screen.queryByLabelText("名称")).not.toBeInTheDocument();
  });

  it("shows an own one without a form to those who may not publish", async () => {
    serve({ ...answers, [`GET ${LIST}/${own.code}/preview`]: { ...preview, sql: "" } });
    edit(own.code, workspaceOf({ role: "manager", permissions: ["handle"] }));
    expect(await screen.findByText("近30天“登录”的次数")).toBeInTheDocument();
    expect(screen.getByText("还没有登录的数据")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "保存" })).not.toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "以此新建" })).not.toBeInTheDocument();
  });

  it("says so when there is no such metric", async () => {
    serve({ ...answers, [`GET ${LIST}`]: listOf([metricOf()]) });
    edit("my_gone");
    expect(await screen.findByText("没有符合的指标")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "全部指标" })).toHaveAttribute("href", "/w/demo/metrics");
  });
});
