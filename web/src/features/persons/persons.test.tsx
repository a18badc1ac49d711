import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { fill } from "@/shared/testing/fill";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { Toasts } from "@/shared/ui/Toasts";
import { PersonMenu } from "./PersonMenu";
import { PersonRequestsPage } from "./PersonRequestsPage";
import { jobOf, requestOf } from "./testing/requestOf";

const W = "/api/v1/w/demo";
const customer = { id: 7, name: "宁波瑞安", contacts: [{ id: 4, name: "陈静" }] };
const preview = {
  customer_id: 7,
  contact_id: null,
  confirm: "宁波瑞安",
  goes: [
    { section: "profile", label: "档案与标签", n: 3 },
    { section: "activities", label: "行为与文本读数", n: 1200 },
  ],
  stays: [{ code: "audit", label: "审计记录：只含编号，不含姓名（法定留存）" }],
};

const openMenu = async (permissions?: string[]) => {
  renderUi(
    <>
      <PersonMenu customer={customer} />
      <Toasts />
    </>,
    {
      at: "/w/demo/customers/7",
      path: "/w/:slug/customers/:id",
      workspace: permissions ? workspaceOf({ permissions: permissions as never }) : workspaceOf(),
    },
  );
};
const ask = async (what: string) => {
  await userEvent.click(screen.getByRole("button", { name: "更多操作" }));
  await userEvent.click(await screen.findByRole("button", { name: what }));
  return within(await screen.findByRole("dialog", { name: what }));
};

describe("更多操作", () => {
  it("offers each only to those who may", async () => {
    serve({});
    await openMenu(["handle"]);
    expect(screen.queryByRole("button", { name: "更多操作" })).not.toBeInTheDocument();
  });

  it("offers a copy without the erasure to those who export", async () => {
    serve({});
    await openMenu(["export", "personal_data"]);
    await userEvent.click(screen.getByRole("button", { name: "更多操作" }));
    expect(screen.getByRole("button", { name: "导出个人数据" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "删除个人数据" })).not.toBeInTheDocument();
  });
});

describe("删除个人数据", () => {
  it("shows what goes and stays, asks for the name and a reason, and tells the proof", async () => {
    const asked = serve({
      [`GET ${W}/customers/7/erasure`]: preview,
      [`POST ${W}/customers/7/erasure`]: requestOf({ finished_at: null, job: jobOf() }),
      [`GET ${W}/person-requests/3`]: requestOf(),
    });
    await openMenu();
    const dialog = await ask("删除个人数据");
    expect(await dialog.findByRole("region", { name: "将被删除" })).toHaveTextContent("行为与文本读数1,200");
    expect(dialog.getByRole("region", { name: "依法或匿名保留" })).toHaveTextContent("审计记录");
    const go = dialog.getByRole("button", { name: "永久删除" });
    expect(go).toBeDisabled();
    await fill("原因", "本人依法要求删除");
    await fill("请输入「宁波瑞安」确认", "宁波");
    expect(go).toBeDisabled();
    await fill("请输入「宁波瑞安」确认", "宁波瑞安");
    await userEvent.click(go);
    expect(await dialog.findByText("已删除 7 条记录")).toBeInTheDocument();
    expect(dialog.getByText(/0123456789abcdef/)).toBeInTheDocument();
    expect(dialog.getByText(/120 个文件/)).toBeInTheDocument();
    expect(sent(asked, `POST ${W}/customers/7/erasure`)).toEqual([{ confirm: "宁波瑞安", reason: "本人依法要求删除" }]);
    await userEvent.click(dialog.getByRole("button", { name: "完成" }));
    await waitFor(() => expect(address()).toBe("/w/demo/customers"));
  });

  it("asks anew for one contact, and stays on the customer afterwards", async () => {
    const asked = serve({
      [`GET ${W}/customers/7/erasure`]: ({ query }: { query: URLSearchParams }) =>
        query.get("contact_id") === "4" ? { ...preview, contact_id: 4, confirm: "陈静" } : preview,
      [`POST ${W}/customers/7/erasure`]: requestOf({ subject: "contact", contact_id: 4 }),
      [`GET ${W}/person-requests/3`]: requestOf({ subject: "contact", contact_id: 4 }),
    });
    await openMenu();
    const dialog = await ask("删除个人数据");
    await userEvent.selectOptions(await dialog.findByLabelText("对象"), "4");
    await dialog.findByLabelText("请输入「陈静」确认");
    await fill("请输入「陈静」确认", "陈静");
    await fill("原因", "离职");
    await userEvent.click(dialog.getByRole("button", { name: "永久删除" }));
    await dialog.findByText("已删除 7 条记录");
    expect(sent(asked, `POST ${W}/customers/7/erasure`)).toEqual([{ contact_id: 4, confirm: "陈静", reason: "离职" }]);
    await userEvent.click(dialog.getByRole("button", { name: "完成" }));
    expect(address()).toBe("/w/demo/customers/7");
  });

  it("says what is still found somewhere", async () => {
    serve({
      [`GET ${W}/customers/7/erasure`]: preview,
      [`POST ${W}/customers/7/erasure`]: requestOf(),
      [`GET ${W}/person-requests/3`]: requestOf({ left: ["uploads/x.bin"] }),
    });
    await openMenu();
    const dialog = await ask("删除个人数据");
    await dialog.findByLabelText(/请输入/);
    await fill(/请输入/, "宁波瑞安");
    await fill("原因", "x");
    await userEvent.click(dialog.getByRole("button", { name: "永久删除" }));
    expect(await dialog.findByText("仍有残留，请检查：uploads/x.bin")).toBeInTheDocument();
  });

  it("tells a refusal and erases nothing", async () => {
    serve({
      [`GET ${W}/customers/7/erasure`]: preview,
      [`POST ${W}/customers/7/erasure`]: refuse(422, "person_confirm", "输入的名称与此人不一致"),
    });
    await openMenu();
    const dialog = await ask("删除个人数据");
    await dialog.findByLabelText(/请输入/);
    await fill(/请输入/, "宁波瑞安");
    await fill("原因", "x");
    await userEvent.click(dialog.getByRole("button", { name: "永久删除" }));
    expect(await screen.findByText("输入的名称与此人不一致")).toBeInTheDocument();
    expect(dialog.getByRole("button", { name: "永久删除" })).toBeEnabled();
  });

  it("opens from below on the phone and says why a preview failed", async () => {
    asPhone();
    serve({ [`GET ${W}/customers/7/erasure`]: refuse(500, "broken", "出错了") });
    await openMenu();
    const dialog = await ask("删除个人数据");
    expect(await dialog.findByText(/出错了/)).toBeInTheDocument();
    expect(dialog.getByRole("button", { name: "永久删除" })).toBeDisabled();
    vi.unstubAllGlobals();
  });
});

describe("导出个人数据", () => {
  it("collects, shows how far it is, and then offers the archive", async () => {
    let looked = 0;
    const asked = serve({
      [`POST ${W}/customers/7/personal-export`]: requestOf({ kind: "export", finished_at: null, job: jobOf() }),
      [`GET ${W}/person-requests/3`]: () => {
        looked += 1;
        return looked === 1
          ? requestOf({ kind: "export", finished_at: null, job: jobOf() })
          : requestOf({ kind: "export", file: true, proof: "" });
      },
    });
    await openMenu();
    const dialog = await ask("导出个人数据");
    await fill("原因", "本人查阅");
    await userEvent.click(dialog.getByRole("button", { name: "开始整理" }));
    expect(await dialog.findByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
    expect(await dialog.findByText("已整理 7 条记录", undefined, { timeout: 3000 })).toBeInTheDocument();
    expect(dialog.getByRole("button", { name: "下载压缩包" })).toBeEnabled();
    expect(sent(asked, `POST ${W}/customers/7/personal-export`)).toEqual([{ reason: "本人查阅" }]);
  });
});

describe("个人信息请求", () => {
  const open = (workspace = workspaceOf()) =>
    renderUi(
      <>
        <PersonRequestsPage />
        <Toasts />
      </>,
      { at: "/w/demo/settings/personal-data", path: "/w/:slug/settings/personal-data", workspace },
    );

  it("is not for those who may neither erase nor export, and asks nothing for them", () => {
    const asked = serve({});
    open(workspaceOf({ role: "manager", permissions: ["handle", "personal_data"] }));
    expect(screen.getByText(/没有权限/)).toBeInTheDocument();
    expect(asked).toHaveLength(0);
  });

  it("lists who asked for what, why, and the proof", async () => {
    const exported = requestOf({ id: 4, kind: "export", subject: "contact", contact_id: 4, file: true, proof: "" });
    serve({ [`GET ${W}/person-requests`]: pageOf([requestOf(), exported]) });
    open();
    const row = await screen.findByRole("listitem", { name: "删除客户 #7" });
    expect(row).toHaveTextContent("李敏");
    expect(row).toHaveTextContent("原因：本人依法要求删除");
    expect(within(row).getByText("0123456789ab…")).toHaveAttribute("title", requestOf().proof);
    const other = screen.getByRole("listitem", { name: "导出联系人 #4" });
    expect(within(other).getByRole("link", { name: "下载压缩包" })).toHaveAttribute(
      "href",
      "/api/v1/w/demo/person-requests/4/archive.zip",
    );
    expect(within(other).queryByRole("button", { name: "解除导入限制" })).not.toBeInTheDocument();
  });

  it("lifts an erasure with a reason", async () => {
    const asked = serve({
      [`GET ${W}/person-requests`]: pageOf([requestOf()]),
      [`POST ${W}/person-requests/3/lift`]: requestOf({ lifted_at: "2011-09-09T00:00:00Z" }),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "解除导入限制" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByRole("button", { name: "解除" })).toBeDisabled();
    await fill("原因", "本人重新签约");
    await userEvent.click(dialog.getByRole("button", { name: "解除" }));
    expect(await screen.findByText("已解除，此人可以重新导入")).toBeInTheDocument();
    expect(sent(asked, `POST ${W}/person-requests/3/lift`)).toEqual([{ reason: "本人重新签约" }]);
  });

  it("filters by kind in the address, and says so where there is none", async () => {
    const asked = serve({ [`GET ${W}/person-requests`]: pageOf([]) });
    open();
    expect(await screen.findByText("还没有个人信息请求")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "导出" }));
    await waitFor(() => expect(asked.at(-1)?.query.get("kind")).toBe("export"));
    expect(address()).toContain("kind=export");
  });

  it("warns of what an erasure left, and says what went wrong", async () => {
    serve({ [`GET ${W}/person-requests`]: pageOf([requestOf({ left: ["uploads/x.bin"] })]) });
    open();
    expect(await screen.findByRole("alert")).toHaveTextContent("uploads/x.bin");
    expect(screen.getByText("有残留")).toBeInTheDocument();
  });
});
