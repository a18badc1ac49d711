import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { workItemOf } from "../tasks/testing/workItemOf";
import { AlertPage } from "./AlertPage";
import { alertOf, verdictOf } from "./testing/alertOf";

const ALERT = "/api/v1/w/demo/alerts/3";
const FOLLOW_UPS = "/api/v1/w/demo/work-items/11/follow-ups";
const open = (workspace = workspaceOf()) =>
  renderUi(
    <>
      <AlertPage />
      <UndoToast />
    </>,
    { at: "/w/demo/alerts/3?chip=stock", path: "/w/:slug/alerts/:alertId", workspace },
  );

afterEach(() => vi.unstubAllGlobals());

describe("one alert", () => {
  it("tells why in lines that add up, what to do, and how such alerts were judged", async () => {
    serve({ [`GET ${ALERT}`]: alertOf() });
    open();
    expect(await screen.findByText("+41")).toBeInTheDocument();
    expect(screen.getByText("基础分").parentElement).toHaveTextContent("28");
    expect(screen.getByText("= 92")).toBeInTheDocument();
    expect(screen.getByText("这些原因与流失相关,不代表因果。")).toBeInTheDocument();
    expect(screen.getByText("先打电话问清最近的补货计划")).toBeInTheDocument();
    expect(screen.getByText("近90天该信号 12 条,有效 8 条")).toBeInTheDocument();
  });

  it("opens the raw rows behind a reason at an address of their own", async () => {
    serve({
      [`GET ${ALERT}`]: alertOf(),
      "GET /api/v1/w/demo/customers/7/evidence/silence": {
        reason: alertOf().reasons[1],
        explanation: "按价值层级规定的天数内没有任何互动",
        start: null,
        end: "2011-09-09T23:00:00Z",
        rows: [],
        total: 0,
        sources: [{ source: "online_retail_ii", newest_at: "2011-09-09T15:00:00Z" }],
        weekly: [],
      },
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: /已84天没有互动/ }));
    expect(address()).toContain("evidence=silence");
    expect(address()).toContain("chip=stock");
    expect(await screen.findByText("截至 2011-09-09 16:00")).toBeInTheDocument();
    expect(screen.getByText(/没有发生/)).toBeInTheDocument();
  });

  it("goes back to the same list when the drawer closes", async () => {
    serve({ [`GET ${ALERT}`]: alertOf() });
    open();
    await screen.findByText("+41");
    await userEvent.click(screen.getByRole("button", { name: "关闭" }));
    expect(address()).toBe("/w/demo/alerts?chip=stock");
  });

  it("says when there is no such alert", async () => {
    serve({ [`GET ${ALERT}`]: refuse(404, "not_found", "没有这条预警") });
    open();
    expect(await screen.findByText("没有这条预警")).toBeInTheDocument();
  });
});

describe("BEY-03 the verdict", () => {
  it("is one tap and can be taken back", async () => {
    const asked = serve({
      [`GET ${ALERT}`]: alertOf(),
      [`POST ${ALERT}/verdict`]: alertOf({ verdict: "valid" }),
      [`DELETE ${ALERT}/verdict`]: alertOf(),
    });
    open();
    await userEvent.click(await screen.findByRole("radio", { name: "有效" }));
    expect(sent(asked, `POST ${ALERT}/verdict`)).toEqual([
      { verdict: "valid", reason: "", signal: "", until: null, note: "" },
    ]);
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `DELETE ${ALERT}/verdict`)).toHaveLength(1));
  });

  it("asks why it was a false alarm before anything is sent", async () => {
    const asked = serve({ [`GET ${ALERT}`]: alertOf(), [`POST ${ALERT}/verdict`]: alertOf() });
    open();
    await userEvent.click(await screen.findByRole("radio", { name: "误报" }));
    expect(sent(asked, `POST ${ALERT}/verdict`)).toEqual([]);
    await userEvent.click(screen.getByRole("radio", { name: "换主体下单" }));
    expect(sent(asked, `POST ${ALERT}/verdict`)).toMatchObject([{ verdict: "false_alarm", reason: "other_entity" }]);
  });

  it("asks which reason is known and until when", async () => {
    const asked = serve({ [`GET ${ALERT}`]: alertOf(), [`POST ${ALERT}/verdict`]: alertOf() });
    open();
    await userEvent.click(await screen.findByRole("radio", { name: "已知" }));
    await userEvent.click(await screen.findByRole("radio", { name: "已84天没有互动" }));
    await userEvent.click(screen.getByRole("button", { name: "保存为已知" }));
    expect(sent(asked, `POST ${ALERT}/verdict`)).toMatchObject([
      { verdict: "known", signal: "silence", until: "2011-10-10T08:00:00.000Z" },
    ]);
  });

  it("shows who judged and lets them undo", async () => {
    serve({ [`GET ${ALERT}`]: alertOf({ verdict_detail: verdictOf() }) });
    open();
    expect(await screen.findByText("误报")).toBeInTheDocument();
    expect(screen.getByText(/季节性/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "撤销" })).toBeInTheDocument();
  });

  it("cannot be given by those who only read", async () => {
    serve({ [`GET ${ALERT}`]: alertOf() });
    open(workspaceOf({ permissions: [], role: "analyst" }));
    expect(await screen.findByText("还没有人判断")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "跟进" })).not.toBeInTheDocument();
  });
});

describe("ALT-13 the follow-up", () => {
  it("is two taps on the phone: the result and the button", async () => {
    const asked = serve({ [`GET ${ALERT}`]: alertOf(), [`POST ${FOLLOW_UPS}`]: workItemOf() });
    asPhone();
    open();
    expect(await screen.findByRole("link", { name: "拨打" })).toHaveAttribute("href", "tel:+44 7700 900912");
    await userEvent.click(screen.getByRole("button", { name: "跟进" }));
    await userEvent.click(await screen.findByRole("radio", { name: "未接" }));
    await userEvent.click(screen.getByRole("button", { name: "保存跟进" }));
    await waitFor(() => expect(sent(asked, `POST ${FOLLOW_UPS}`)).toHaveLength(1));
    expect(sent(asked, `POST ${FOLLOW_UPS}`)[0]).toMatchObject({
      result: "missed",
      next_at: "2011-09-11T08:00:00.000Z",
      done: false,
    });
  });

  it("takes the alert in hand first where it has no work item yet", async () => {
    let claimed = false;
    const asked = serve({
      [`GET ${ALERT}`]: () => alertOf({ work_item_id: claimed ? 11 : null }),
      "POST /api/v1/w/demo/alerts/claim": () => {
        claimed = true;
        return { changed: 1, undo_token: null };
      },
      [`POST ${FOLLOW_UPS}`]: workItemOf(),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "跟进" }));
    await userEvent.click(await screen.findByRole("radio", { name: "接通" }));
    await userEvent.click(screen.getByRole("button", { name: "保存跟进" }));
    await waitFor(() => expect(sent(asked, `POST ${FOLLOW_UPS}`)).toHaveLength(1));
    expect(sent(asked, "POST /api/v1/w/demo/alerts/claim")).toEqual([{ alert_ids: [3] }]);
  });
});
