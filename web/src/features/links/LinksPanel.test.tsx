import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { LinksPanel } from "./LinksPanel";
import type { ContactLink } from "./link.logic";

const LINKS = "/api/v1/w/demo/customers/7/links";
const customer = { id: 7, contacts: [] };

function linkOf(change: Partial<ContactLink> = {}): ContactLink {
  return {
    id: 3,
    info: "quote",
    title: "三月报价",
    address: "https://liuke.test/t/abc",
    leads_to: "",
    file_name: "报价.pdf",
    contact_id: 1,
    contact: "王晓",
    state: "waiting",
    created_by: "林晓雯",
    created_at: "2026-11-02T01:00:00Z",
    expires_at: null,
    first_at: null,
    last_at: null,
    views: 0,
    seconds: 0,
    ...change,
  };
}

const open = (workspace = workspaceOf()) =>
  renderUi(<LinksPanel customer={customer} />, {
    at: "/w/demo/customers/7",
    path: "/w/:slug/customers/:id",
    workspace,
  });

describe("DAT-16 links given to a customer", () => {
  it("say whether somebody has looked, and how long", async () => {
    serve({
      [`GET ${LINKS}`]: [
        linkOf(),
        linkOf({ id: 4, title: "通知", state: "seen", views: 3, seconds: 75, first_at: "2026-11-03T01:00:00Z" }),
      ],
    });
    open();
    const [waiting, seen] = await screen.findAllByRole("listitem");
    expect(waiting).toHaveTextContent("未打开");
    expect(waiting).toHaveTextContent("报价 · 王晓 · 林晓雯");
    expect(seen).toHaveTextContent("打开 3 次");
    expect(seen).toHaveTextContent("1 分 15 秒");
  });

  it("are made from an address", async () => {
    const asked = serve({ [`GET ${LINKS}`]: [], [`POST ${LINKS}`]: linkOf() });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "新建链接" }));
    const make = await screen.findByRole("button", { name: "生成链接" });
    expect(make).toBeDisabled();
    await fill("网址", "https://example.test/quote");
    await fill("标题", "三月报价");
    await userEvent.click(make);
    await waitFor(() =>
      expect(sent(asked, `POST ${LINKS}`)).toEqual([
        { info: "quote", title: "三月报价", url: "https://example.test/quote", contact_id: null, days: 90 },
      ]),
    );
  });

  it("say why one cannot be made", async () => {
    serve({ [`GET ${LINKS}`]: [], [`POST ${LINKS}`]: refuse(422, "contact_link", "链接设置有误：网址") });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "新建链接" }));
    await fill("网址", "https://example.test/quote");
    await fill("标题", "三月报价");
    await userEvent.click(screen.getByRole("button", { name: "生成链接" }));
    expect(await screen.findByText("链接设置有误：网址")).toBeInTheDocument();
  });

  it("are revoked only after a question, and then cannot be copied", async () => {
    const asked = serve({
      [`GET ${LINKS}`]: [linkOf()],
      "DELETE /api/v1/w/demo/links/3": linkOf({ state: "revoked" }),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "收回" }));
    expect(sent(asked, "DELETE /api/v1/w/demo/links/3")).toEqual([]);
    await userEvent.click(screen.getAllByRole("button", { name: /确 ?定/ }).at(-1) as HTMLElement);
    await waitFor(() => expect(sent(asked, "DELETE /api/v1/w/demo/links/3")).toHaveLength(1));
  });

  it("that are over offer nothing to copy", async () => {
    serve({ [`GET ${LINKS}`]: [linkOf({ state: "over", address: "" })] });
    open();
    expect(await screen.findByText("已过期")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "复制链接" })).not.toBeInTheDocument();
  });

  it("do not show where there are none and nothing may be made", async () => {
    serve({ [`GET ${LINKS}`]: [] });
    open(workspaceOf({ role: "analyst", permissions: [] }));
    await waitFor(() => expect(screen.queryByText("链接与文件")).not.toBeInTheDocument());
  });
});
