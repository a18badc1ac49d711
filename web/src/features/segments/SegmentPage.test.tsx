import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { fill } from "@/shared/testing/fill";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { customerRowOf } from "../customers/testing/customerRowOf";
import { catalogue, countOf } from "../rules/testing/fixtures";
import { NewSegmentPage } from "./NewSegmentPage";
import { SegmentPage } from "./SegmentPage";
import { memberOf, stayOf, tagOf } from "./testing/tagOf";

const TAG = "/api/v1/w/demo/tags/4";
const byHand = memberOf({
  customer: customerRowOf({ id: 8, name: "杭州云栖集团" }),
  by_hand: true,
  set_by: { id: 1, name: "林晓雯", team: null },
});
const answers = {
  [`GET ${TAG}`]: tagOf(),
  [`GET ${TAG}/members`]: pageOf([memberOf(), byHand], { total: 27 }),
  [`GET ${TAG}/history`]: pageOf([stayOf({ id: 2, until: "2011-09-05T23:00:00Z" }), stayOf()]),
  "GET /api/v1/w/demo/rules/catalogue": catalogue,
  "POST /api/v1/w/demo/tags/count": countOf(),
};
const open = (at = "/w/demo/segments/4", workspace = workspaceOf()) =>
  renderUi(
    <>
      <SegmentPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/segments/:tagId", workspace },
  );

describe("一个标签", () => {
  it("shows who carries it, since when, and who put them in", async () => {
    serve(answers);
    open();
    const row = (await screen.findByRole("link", { name: "杭州云栖集团" })).closest("li") as HTMLElement;
    expect(row).toHaveTextContent("由林晓雯加入");
    expect(row).toHaveTextContent("92 分");
    expect(screen.getByText("1–2 / 27")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "在客户列表中查看" })).toHaveAttribute(
      "href",
      "/w/demo/customers?view=all&tag=t1",
    );
  });

  it("takes out who was put in by hand, and the undo puts them in again", async () => {
    const changed = { changed: 1, undo_token: null };
    const asked = serve({
      ...answers,
      [`POST ${TAG}/members/remove`]: changed,
      [`POST ${TAG}/members`]: changed,
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "移出 杭州云栖集团" }));
    expect(await screen.findByText("已移出 1 个客户")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${TAG}/members`)).toEqual([{ customer_ids: [8] }]));
    expect(screen.queryByRole("button", { name: "移出 宁波瑞安贸易有限公司" })).not.toBeInTheDocument();
  });

  it("tells who came and who went", async () => {
    serve(answers);
    open("/w/demo/segments/4?tab=history");
    const links = await screen.findAllByRole("link", { name: "宁波瑞安贸易有限公司" });
    const [left, entered] = links.map((link) => link.closest("li"));
    expect(left).toHaveTextContent("离开");
    expect(left).toHaveTextContent("2011-09-02 进入");
    expect(entered).toHaveTextContent("进入");
  });

  it("is archived, and comes back by undo", async () => {
    const asked = serve({
      ...answers,
      [`DELETE ${TAG}`]: tagOf({ archived: true }),
      [`POST ${TAG}/unarchive`]: tagOf(),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "归档" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${TAG}/unarchive`)).toHaveLength(1));
  });

  it("saves another weight with the rule as it is, and counts who it names", async () => {
    const asked = serve({ ...answers, [`PUT ${TAG}`]: tagOf({ name: "重点大客户" }) });
    open("/w/demo/segments/4?tab=settings");
    expect(await screen.findByTestId("matched")).toHaveTextContent("27 家");
    await fill("名称", "重点大客户");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    const { rule, about, kind, colour, weight } = tagOf();
    await waitFor(() =>
      expect(sent(asked, `PUT ${TAG}`)).toEqual([{ name: "重点大客户", about, kind, colour, weight, rule }]),
    );
    expect(sent(asked, "POST /api/v1/w/demo/tags/count")[0]).toEqual({ kind: "behaviour", rule });
  });

  it("shows the server's faults at the form", async () => {
    const faults = [{ where: "weight", message: "权重须在 -30 到 30 分之间" }];
    serve({ ...answers, [`PUT ${TAG}`]: refuse(422, "tag", "标签有误", faults) });
    open("/w/demo/segments/4?tab=settings");
    await userEvent.click(await screen.findByRole("button", { name: "保存" }));
    expect(await screen.findByText("权重须在 -30 到 30 分之间")).toBeInTheDocument();
  });

  it("lets account managers read, not edit", async () => {
    serve(answers);
    open("/w/demo/segments/4", workspaceOf({ permissions: [] }));
    await screen.findByRole("link", { name: "杭州云栖集团" });
    for (const name of ["归档", "规则与计分", "加入", "移出 杭州云栖集团"])
      expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  });

  it("is read as sentences on the phone; weight and name can be changed", async () => {
    asPhone();
    serve(answers);
    open("/w/demo/segments/4?tab=settings");
    expect(await screen.findByText("规则请在电脑上编辑。")).toBeInTheDocument();
    expect(screen.getByLabelText("名称")).toHaveValue("大客户");
  });
});

describe("新建标签", () => {
  const create = () => renderUi(<NewSegmentPage />, { at: "/w/demo/segments/new", path: "/w/:slug/segments/new" });

  it("without a rule is kept by its name alone, and opens", async () => {
    const asked = serve({ ...answers, "POST /api/v1/w/demo/tags": tagOf({ id: 9, rule: null }) });
    create();
    await fill(await screen.findByLabelText("名称").then(() => "名称"), "老朋友");
    await userEvent.click(screen.getByRole("radio", { name: "人工挑选" }));
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, "POST /api/v1/w/demo/tags")).toEqual([
        { name: "老朋友", about: "", kind: "behaviour", colour: "blue", weight: 0, rule: null },
      ]),
    );
    await waitFor(() => expect(address()).toBe("/w/demo/segments/9"));
  });

  it("is not sent while a condition or the name is missing", async () => {
    const asked = serve(answers);
    create();
    await userEvent.click(await screen.findByRole("button", { name: "保存" }));
    expect(await screen.findByText("请填写名称")).toBeInTheDocument();
    expect(screen.getByText("还有条件没有填完")).toBeInTheDocument();
    expect(sent(asked, "POST /api/v1/w/demo/tags")).toEqual([]);
  });

  it("of the predictive kind has no weight and always a rule", async () => {
    serve(answers);
    create();
    await userEvent.click(await screen.findByRole("radio", { name: "预测标签" }));
    expect(screen.queryByRole("slider")).not.toBeInTheDocument();
    expect(screen.queryByRole("radio", { name: "人工挑选" })).not.toBeInTheDocument();
    expect(within(document.body).getByText(/不再计入风险分/)).toBeInTheDocument();
  });
});
