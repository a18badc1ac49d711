import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { type Asked, sent, serve } from "@/shared/testing/server";
import { AlertPage } from "./AlertPage";
import { alertOf } from "./testing/alertOf";

const ALERT = "/api/v1/w/demo/alerts/3";
const BULK = "/api/v1/w/demo/alerts";
const UNDO = { changed: 1, undo_token: null };
const ANSWERS = {
  [`GET ${ALERT}`]: alertOf(),
  [`POST ${ALERT}/verdict`]: alertOf(),
  [`POST ${BULK}/claim`]: UNDO,
  [`POST ${BULK}/snooze`]: UNDO,
};
const open = (asks: string, workspace = workspaceOf()) =>
  renderUi(<AlertPage />, { at: `/w/demo/alerts/3?chip=mine&do=${asks}`, path: "/w/:slug/alerts/:alertId", workspace });
const posts = (asked: Asked[]) => asked.filter(({ method }) => method === "POST");

afterEach(() => vi.unstubAllGlobals());

describe("the link of a card that no click comes back from", () => {
  it.each([
    ["claim", "跟进这条预警？", `POST ${BULK}/claim`, { alert_ids: [3] }],
    ["snooze:3", "静置这条预警 3 天？", `POST ${BULK}/snooze`, { alert_ids: [3], until: "2011-09-13T08:00:00.000Z" }],
    ["verdict:valid", "把这条预警判为“有效”？", `POST ${ALERT}/verdict`, { verdict: "valid" }],
  ])("asks one tap for %s, does it and leaves the address", async (asks, question, call, body) => {
    const asked = serve(ANSWERS);
    open(asks);
    expect(await screen.findByText(question)).toBeInTheDocument();
    expect(posts(asked)).toEqual([]);
    expect(address()).toContain("do=");
    await userEvent.click(screen.getByRole("button", { name: "确认" }));
    await waitFor(() => expect(sent(asked, call)).toHaveLength(1));
    expect(sent(asked, call)[0]).toMatchObject(body);
    expect(address()).toBe("/w/demo/alerts/3?chip=mine");
    expect(screen.queryByText(question)).not.toBeInTheDocument();
  });

  it("does nothing when it is cancelled", async () => {
    const asked = serve(ANSWERS);
    open("claim");
    await screen.findByText("跟进这条预警？");
    await userEvent.click(screen.getByRole("button", { name: "取消" }));
    expect(address()).toBe("/w/demo/alerts/3?chip=mine");
    expect(posts(asked)).toEqual([]);
  });

  it("opens the form of a false alarm, whose reason a card cannot ask for", async () => {
    const asked = serve(ANSWERS);
    open("verdict:false_alarm");
    await userEvent.click(await screen.findByRole("radio", { name: "换主体下单" }));
    await waitFor(() => expect(sent(asked, `POST ${ALERT}/verdict`)).toHaveLength(1));
    expect(sent(asked, `POST ${ALERT}/verdict`)[0]).toMatchObject({ verdict: "false_alarm", reason: "other_entity" });
    await waitFor(() => expect(address()).toBe("/w/demo/alerts/3?chip=mine"));
  });

  it("asks nothing for words that no card of ours has", async () => {
    serve(ANSWERS);
    open("drop:everything");
    await screen.findByText("+41");
    expect(screen.queryByRole("button", { name: "确认" })).not.toBeInTheDocument();
  });

  it("asks nobody who may not act", async () => {
    serve(ANSWERS);
    open("claim", workspaceOf({ permissions: [], role: "analyst" }));
    await screen.findByText("+41");
    expect(screen.queryByRole("button", { name: "确认" })).not.toBeInTheDocument();
  });

  it("does not travel back to the list", async () => {
    serve(ANSWERS);
    open("claim");
    await screen.findByText("跟进这条预警？");
    await userEvent.click(screen.getByRole("button", { name: "关闭" }));
    expect(address()).toBe("/w/demo/alerts?chip=mine");
  });
});
