import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UnmatchedContacts } from "./UnmatchedContacts";

const CONTACTS = "/api/v1/w/demo/wecom/contacts";
const open = () =>
  renderUi(<UnmatchedContacts />, { at: "/w/demo/settings", path: "/w/:slug/settings", workspace: workspaceOf() });
const item = { id: 5, name: "王晓", corp_name: "华东贸易", user: "zhangwei", added_at: "2026-11-02T01:00:00Z" };

describe("contacts in WeCom that belong to nobody yet", () => {
  it("are given to a customer by hand", async () => {
    const asked = serve({
      [`GET ${CONTACTS}`]: { total: 1, items: [item] },
      [`POST ${CONTACTS}/5/match`]: { ok: true },
      "GET /api/v1/w/demo/customers": pageOf([{ id: 7, name: "华东贸易", key: "C7" }]),
    });
    open();
    const row = within(await screen.findByRole("listitem"));
    expect(row.getByText(/华东贸易 · zhangwei/)).toBeInTheDocument();
    await userEvent.click(row.getByRole("combobox"));
    await userEvent.click(await screen.findByTitle(/华东贸易/));
    await waitFor(() => expect(sent(asked, `POST ${CONTACTS}/5/match`)).toEqual([{ customer_id: 7 }]));
  });

  it("do not show where there are none", async () => {
    const asked = serve({ [`GET ${CONTACTS}`]: { total: 0, items: [] } });
    open();
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByRole("list")).not.toBeInTheDocument();
  });

  it("say when they cannot be read", async () => {
    serve({ [`GET ${CONTACTS}`]: refuse(500, "internal", "服务器出错") });
    open();
    expect(await screen.findByText(/服务器出错/)).toBeInTheDocument();
  });
});
