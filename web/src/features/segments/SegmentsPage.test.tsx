import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { SegmentsPage } from "./SegmentsPage";
import { tagOf } from "./testing/tagOf";

const LIST = "/api/v1/w/demo/tags";
const risky = tagOf({
  id: 5,
  code: "high_risk",
  name: "高危客户",
  kind: "predictive",
  weight: 0,
  built_in: true,
  colour: "red",
});
const open = (at = "/w/demo/segments", workspace = workspaceOf()) =>
  renderUi(<SegmentsPage />, { at, path: "/w/:slug/segments", workspace });
const rowOf = async (name: string) => (await screen.findByRole("link", { name })).closest("tr") as HTMLElement;

describe("分群标签", () => {
  it("shows each tag with its rule in words, count, change and points", async () => {
    serve({ [`GET ${LIST}`]: [tagOf(), risky] });
    open();
    const row = await rowOf("大客户");
    expect(row).toHaveTextContent("近90天下单金额不低于 £1,000");
    expect(row).toHaveTextContent("27 家");
    expect(row).toHaveTextContent("+5");
    expect(within(row).getByText("上升")).toBeInTheDocument();
    expect(await rowOf("高危客户")).toHaveTextContent("预测标签 · 内置");
    expect(await rowOf("高危客户")).toHaveTextContent("—");
  });

  it("filters by kind, and the address keeps it", async () => {
    serve({ [`GET ${LIST}`]: [tagOf(), risky] });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "预测标签" }));
    expect(address()).toBe("/w/demo/segments?view=predictive");
    expect(screen.queryByRole("link", { name: "大客户" })).not.toBeInTheDocument();
  });

  it("asks for archived tags apart", async () => {
    const asked = serve({ [`GET ${LIST}`]: [] });
    open("/w/demo/segments?view=archived");
    expect(await screen.findByText("没有归档的标签")).toBeInTheDocument();
    expect(asked.at(-1)?.query.get("archived")).toBe("true");
  });

  it("switches a tag off and on", async () => {
    const asked = serve({ [`GET ${LIST}`]: [tagOf()], [`POST ${LIST}/4/enabled`]: tagOf({ enabled: false }) });
    open();
    await userEvent.click(await screen.findByRole("switch", { name: "启用标签「大客户」" }));
    await waitFor(() => expect(sent(asked, `POST ${LIST}/4/enabled`)).toEqual([{ enabled: false }]));
  });

  it("says what a broken rule lacks", async () => {
    const faults = [{ where: "when.column", message: "没有 attr.gone 这一列" }];
    serve({ [`GET ${LIST}`]: [tagOf({ faults, sentences: [] })] });
    open();
    expect(await screen.findByText("没有 attr.gone 这一列")).toBeInTheDocument();
  });

  it("offers nothing to change to those who may not publish", async () => {
    serve({ [`GET ${LIST}`]: [tagOf()] });
    open("/w/demo/segments", workspaceOf({ permissions: ["handle"] }));
    expect(await screen.findByRole("switch")).toBeDisabled();
    expect(screen.queryByRole("link", { name: "新建标签" })).not.toBeInTheDocument();
  });

  it("says what went wrong and asks again", async () => {
    let broken = true;
    serve({ [`GET ${LIST}`]: () => (broken ? refuse(503, "busy", "稍后再试") : [tagOf()]) });
    open();
    expect(await screen.findByText("稍后再试")).toBeInTheDocument();
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByRole("link", { name: "大客户" })).toBeInTheDocument();
  });

  it("is a list of cards on the phone", async () => {
    asPhone();
    serve({ [`GET ${LIST}`]: [tagOf({ enabled: false })] });
    open();
    const card = await screen.findByRole("link", { name: /大客户/ });
    expect(card).toHaveTextContent("27 家");
    expect(card).toHaveTextContent("已停用");
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
  });
});
