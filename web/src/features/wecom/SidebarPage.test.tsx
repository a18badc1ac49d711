import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { Toasts } from "@/shared/ui/Toasts";
import { customerOf as customer } from "../customer360/testing/customerOf";
import { workItemOf } from "../tasks/testing/workItemOf";
import { SidebarPage } from "./SidebarPage";
import { asBrowser, JSSDK, jssdkOf, noteCopies, sdkOf } from "./testing/sdkOf";

const CONTACT = "GET /api/v1/w/demo/wecom/customers/wm1";
const CUSTOMER = "GET /api/v1/w/demo/customers/7";
const page = <T,>(items: T[]) => ({ items, next_cursor: null, total: items.length, total_is_capped: false });
const ANSWERS = {
  [JSSDK]: jssdkOf(),
  [CONTACT]: { customer_id: 7, name: "宁波瑞安贸易有限公司" },
  [CUSTOMER]: customer(),
  "GET /api/v1/w/demo/customers": page([]),
  "GET /api/v1/w/demo/work-items": page([workItemOf()]),
  "GET /api/v1/w/demo/customers/7/wecom": { external_id: "wm1" },
};
const open = (search = "", workspace = workspaceOf()) =>
  renderUi(
    <>
      <SidebarPage />
      <Toasts />
    </>,
    { at: `/w/demo/sidebar${search}`, path: "/w/:slug/sidebar", workspace },
  );

let copied: string[] = [];
beforeEach(() => {
  asBrowser("wxwork");
  copied = noteCopies();
});
afterEach(() => {
  delete window.ww;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("C36-01 the side bar inside WeCom", () => {
  it("shows the customer of the chat: score, reasons, money, next task, what to say", async () => {
    serve(ANSWERS);
    window.ww = sdkOf();
    open();
    expect(await screen.findByText("宁波瑞安贸易有限公司")).toBeInTheDocument();
    expect(screen.getByText("近30天下单金额下降62%").parentElement).toHaveTextContent("+41");
    expect(screen.getByText("年消费额").parentElement).toHaveTextContent("£1.2 万");
    expect(await screen.findByRole("link", { name: "电话回访" })).toHaveAttribute("href", "/w/demo/tasks/1");
    expect(screen.getByText("先打电话问清补货计划")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "跟进" }));
    expect(await screen.findByRole("radio", { name: "接通" })).toBeInTheDocument();
  });

  it("copies the words and says so", async () => {
    serve(ANSWERS);
    window.ww = sdkOf();
    open();
    await userEvent.click(await screen.findByRole("button", { name: "复制话术" }));
    expect(await screen.findByText("话术已复制")).toBeInTheDocument();
    expect(copied).toEqual(["先打电话问清补货计划"]);
  });

  it("offers a search with the reason where WeCom does not tell who it is", async () => {
    serve(ANSWERS);
    const silent = sdkOf({ getCurExternalContact: vi.fn(() => Promise.reject(new Error("without context"))) });
    window.ww = silent;
    open();
    expect(await screen.findByText(/没有说明正在和谁聊天/)).toBeInTheDocument();
    expect(screen.getByRole("combobox", { name: "选择客户" })).toBeInTheDocument();
  });

  it("says when the contact is no customer of this person", async () => {
    serve({ ...ANSWERS, [CONTACT]: refuse(404, "wecom_customer_not_found") });
    window.ww = sdkOf();
    open();
    expect(await screen.findByText(/还没有与留客的客户对应/)).toBeInTheDocument();
  });

  it("asks nothing of WeCom in another browser", async () => {
    asBrowser("Mozilla");
    const asked = serve(ANSWERS);
    open();
    expect(await screen.findByText("没有在企业微信里打开，请选择客户")).toBeInTheDocument();
    expect(asked.some(({ path }) => path.includes("jssdk"))).toBe(false);
    expect(document.head.querySelector("script[src*=weixin]")).toBeNull();
  });

  it("lets those who only read not follow up", async () => {
    serve(ANSWERS);
    open("?customer=7", workspaceOf({ permissions: [], role: "analyst" }));
    expect(await screen.findByText("宁波瑞安贸易有限公司")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "跟进" })).not.toBeInTheDocument();
  });

  it("says when the customer cannot be read, and what is missing", async () => {
    serve({ ...ANSWERS, [CUSTOMER]: refuse(404, "customer_not_found", "没有这位客户") });
    open("?customer=7");
    expect(await screen.findByText("没有这位客户")).toBeInTheDocument();
  });

  it("says so where there is no score and no task", async () => {
    const bare = customer({ score: null, suggestion: "", open_work_item_id: null });
    serve({ ...ANSWERS, [CUSTOMER]: bare, "GET /api/v1/w/demo/work-items": page([]) });
    open("?customer=7");
    expect(await screen.findByText("还没有评分")).toBeInTheDocument();
    expect(await screen.findByText("没有待办任务")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "复制话术" })).toBeDisabled();
  });
});

describe("发企微 from another page", () => {
  it("opens the chat with the customer here, where WeCom's script may run", async () => {
    serve(ANSWERS);
    const sdk = sdkOf();
    window.ww = sdk;
    open("?customer=7&chat=1");
    expect(await screen.findByText("聊天已打开，粘贴话术即可发送")).toBeInTheDocument();
    expect(sdk.openEnterpriseChat).toHaveBeenCalledExactlyOnceWith({ externalUserIds: ["wm1"], groupName: "" });
    expect(address()).toBe("/w/demo/sidebar?customer=7&chat=1");
  });

  it("says when WeCom does not open it, or the customer has no id there", async () => {
    serve(ANSWERS);
    window.ww = sdkOf({ openEnterpriseChat: vi.fn(() => Promise.reject(new Error("40096"))) });
    const { unmount } = open("?customer=7&chat=1");
    expect(await screen.findByText(/企业微信没有打开聊天/)).toBeInTheDocument();
    unmount();
    serve({ ...ANSWERS, "GET /api/v1/w/demo/customers/7/wecom": { external_id: "" } });
    open("?customer=7&chat=1");
    await waitFor(() => expect(screen.getByText(/客户没有企业微信账号/)).toBeInTheDocument());
  });
});
