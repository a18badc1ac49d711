import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { RenewalsPage } from "./RenewalsPage";
import { type Bucket, type Renewal, WINDOWS } from "./renewals.logic";
import { renewalOf } from "./testing/renewalOf";

const LEDGER = "/api/v1/w/demo/renewals";
const buckets: Bucket[] = WINDOWS.map((window) => ({
  window,
  count: 3,
  amount: 54_600,
  forecast_amount: 27_300,
  by_status: { not_started: 2, renewed: 1 },
}));
const ledgerOf = (items: Renewal[]) => ({ items, next_cursor: null, total: items.length, buckets });
const answers = { [`GET ${LEDGER}`]: ledgerOf([renewalOf()]) };
const open = (at = "/w/demo/renewals", workspace = workspaceOf()) =>
  renderUi(
    <>
      <RenewalsPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/renewals", workspace },
  );

afterEach(() => vi.unstubAllGlobals());

describe("REN-01 续约台账", () => {
  it("shows each window with its money and what it may bring", async () => {
    serve(answers);
    open();
    const overdue = await screen.findByRole("button", { name: /已过期未定/ });
    expect(overdue).toHaveTextContent("£5.5 万");
    expect(overdue).toHaveTextContent("预计续约 £2.7 万 · 待定 2 份");
    expect(screen.getByRole("button", { name: /90 天内到期/ })).toHaveAttribute("aria-pressed", "true");
    const row = screen.getByRole("link", { name: "宁波瑞安贸易有限公司" }).closest("tr");
    expect(row).toHaveTextContent("剩 12 天");
    expect(row).toHaveTextContent("50% 默认");
  });

  it("keeps window, status and scope in the address", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: /15 天内到期/ }));
    await userEvent.click(screen.getByRole("button", { name: "已报价" }));
    await userEvent.click(screen.getByRole("button", { name: "我的" }));
    expect(address()).toBe("/w/demo/renewals?window=15&status=quoted&scope=mine");
    await waitFor(() =>
      expect(Object.fromEntries(asked.at(-1)?.query ?? [])).toMatchObject({
        window: "15",
        status: "quoted",
        scope: "mine",
        sort: "ends_on",
      }),
    );
  });

  it("starts a renewal", async () => {
    const asked = serve({ ...answers, [`POST ${LEDGER}/1/start`]: renewalOf({ status: "talking" }) });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "启动续约:宁波瑞安贸易有限公司" }));
    await waitFor(() => expect(sent(asked, `POST ${LEDGER}/1/start`)).toHaveLength(1));
  });

  it("changes a status in the row, with undo", async () => {
    const asked = serve({ ...answers, [`PATCH ${LEDGER}/1`]: renewalOf({ status: "quoted" }) });
    open();
    await userEvent.selectOptions(await screen.findByLabelText("宁波瑞安贸易有限公司 的续约进展"), "quoted");
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() =>
      expect(sent(asked, `PATCH ${LEDGER}/1`)).toEqual([{ status: "quoted" }, { status: "not_started" }]),
    );
  });

  it("asks why before a customer is noted as not renewing", async () => {
    const asked = serve({ ...answers, [`PATCH ${LEDGER}/1`]: renewalOf({ status: "declined" }) });
    open();
    await userEvent.selectOptions(await screen.findByLabelText("宁波瑞安贸易有限公司 的续约进展"), "declined");
    const form = await screen.findByRole("dialog");
    expect(within(form).getByRole("button", { name: "保存" })).toBeDisabled();
    expect(sent(asked, `PATCH ${LEDGER}/1`)).toEqual([]);
    await userEvent.type(within(form).getByLabelText("不续的原因"), "价格");
    await userEvent.click(within(form).getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `PATCH ${LEDGER}/1`)).toEqual([{ status: "declined", reason: "价格" }]));
  });

  it("takes next step, date and forecast from the phone", async () => {
    const asked = serve({ ...answers, [`PATCH ${LEDGER}/1`]: renewalOf() });
    asPhone();
    open();
    await userEvent.click(await screen.findByRole("button", { name: "更新进展" }));
    await userEvent.type(await screen.findByLabelText("下一步"), "发报价");
    await userEvent.type(screen.getByLabelText("续约可能性"), "70");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `PATCH ${LEDGER}/1`)).toEqual([{ next_step: "发报价", forecast: 0.7 }]));
  });

  it("is read-only for those who may not handle it", async () => {
    serve(answers);
    open("/w/demo/renewals", workspaceOf({ permissions: ["export"], role: "analyst" }));
    expect((await screen.findByRole("link", { name: "宁波瑞安贸易有限公司" })).closest("tr")).toHaveTextContent(
      "未启动",
    );
    expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /启动续约/ })).not.toBeInTheDocument();
  });

  it("says when nothing ends in a window", async () => {
    serve({ [`GET ${LEDGER}`]: ledgerOf([]) });
    open("/w/demo/renewals?status=quoted");
    expect(await screen.findByRole("heading", { name: "这个区间没有到期的合同" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "清除筛选" }));
    expect(address()).toBe("/w/demo/renewals");
  });
});
