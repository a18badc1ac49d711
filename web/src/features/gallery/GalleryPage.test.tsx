import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { GalleryPage } from "./GalleryPage";
import { packOf, templateOf } from "./testing/packOf";

const PACKS = "GET /api/v1/w/demo/rules/packs";
const APPLY = "POST /api/v1/w/demo/rules/packs/saas/apply";
const answers = {
  [PACKS]: [
    packOf({ code: "vip", name: "大客户", industry: "" }),
    packOf(),
    packOf({ code: "telecom", name: "电信", industry: "telecom" }),
  ],
  "GET /api/v1/templates": [templateOf()],
};
const open = (workspace = workspaceOf({ industry: "saas", permissions: ["publish"] })) =>
  renderUi(<GalleryPage />, { at: "/w/demo/gallery", path: "/w/:slug/gallery", workspace });

describe("NCD-02 the gallery of templates", () => {
  it("shows the own industry first with churn definition, weights, segments and what is still missing", async () => {
    serve(answers);
    open();
    const cards = await screen.findAllByRole("region");
    expect(cards.map((card) => within(card).getByRole("heading").textContent)).toEqual(["SaaS", "大客户"]);
    const card = screen.getByRole("region", { name: "SaaS" });
    expect(await within(card).findByText("90天没有登录、使用功能")).toBeVisible();
    expect(within(card).getByText("静默客户 49分")).toBeVisible();
    expect(within(card).getByText("即将到期")).toBeVisible();
    expect(within(card).getByText("现有数据可算 1/2 条")).toBeVisible();
    await userEvent.click(within(card).getByText("2 条规则"));
    expect(within(card).getByText("还缺：没有消息或工单数据")).toBeVisible();
  });

  it("makes drafts and says where they are", async () => {
    const asked = serve({ ...answers, [APPLY]: [{ id: 1 }, { id: 2 }] });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "应用模板“SaaS”为草稿" }));
    expect(await screen.findByRole("link", { name: "去预警规则逐条查看" })).toHaveAttribute("href", "/w/demo/rules");
    expect(sent(asked, APPLY)).toHaveLength(1);
  });

  it("keeps the shelf in the address", async () => {
    serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: "按行业" }));
    await waitFor(() => expect(address()).toContain("shelf=industries"));
    expect(screen.getByRole("region", { name: "电信" })).toBeVisible();
    expect(screen.queryByRole("region", { name: "大客户" })).not.toBeInTheDocument();
  });

  it("is for reading without the right to publish", async () => {
    serve(answers);
    open(workspaceOf({ industry: "saas", permissions: [] }));
    expect(await screen.findByRole("region", { name: "SaaS" })).toBeVisible();
    expect(screen.queryByRole("button", { name: /应用模板/ })).not.toBeInTheDocument();
    expect(screen.getByText(/应用模板需要发布权限/)).toBeVisible();
  });

  it("says when it cannot be read", async () => {
    serve({ [PACKS]: refuse(500, "unexpected", "读不到模板") });
    open();
    expect(await screen.findByText("读不到模板")).toBeVisible();
  });
});
