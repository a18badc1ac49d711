import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { CustomerBenefits } from "./CustomerBenefits";
import { benefitsOf, couponKindOf, couponOf } from "./testing/fixtures";
import { showsLoyalty } from "./useRefreshLoyalty";

const C = "/api/v1/w/demo/customers/7";
const open = (more: Record<string, unknown> = {}, change = {}) => {
  const asked = serve({
    [`GET ${C}/loyalty`]: benefitsOf(),
    "GET /api/v1/w/demo/coupon-kinds": [couponKindOf()],
    ...more,
  });
  renderUi(<CustomerBenefits customerId={7} />, { workspace: workspaceOf(change) });
  return asked;
};

describe("a customer's benefits", () => {
  it("LOY-03 says what leaving would forfeit, until when the level is kept and what is eased", async () => {
    open();
    expect(await screen.findByText("若离开将失去约 £92.00 的权益")).toBeInTheDocument();
    expect(screen.getByText("保级至 2011-10-20")).toBeInTheDocument();
    expect(screen.getByText(/积分 2 倍，兑换只需 80%/)).toBeInTheDocument();
    expect(screen.getByText("300 分将在30天内过期")).toBeInTheDocument();
    expect(screen.getByText(/再消费 £280,000.00 可享 3% 折扣/)).toBeInTheDocument();
    expect(screen.getByText("+230")).toBeInTheDocument();
  });

  it("gives a coupon once, however often the button is hit", async () => {
    const asked = open({ [`POST ${C}/coupons`]: couponOf() });
    await userEvent.click(await screen.findByRole("button", { name: "发优惠券" }));
    const dialog = await screen.findByRole("dialog", { name: "发优惠券" });
    await userEvent.selectOptions(await within(dialog).findByLabelText("优惠券"), "满300减40 · 满 £300 减 £40");
    await userEvent.click(within(dialog).getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `POST ${C}/coupons`)).toHaveLength(1));
    expect(sent(asked, `POST ${C}/coupons`)[0]).toMatchObject({
      kind_id: 3,
      request_key: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("redeems points, and says when there are too few", async () => {
    const asked = open({
      [`POST ${C}/points/redeem`]: refuse(409, "points_short", "积分不够：需要 9,000 分，现有 5,200 分"),
    });
    await userEvent.click(await screen.findByRole("button", { name: "兑换积分" }));
    await fill("兑换价值", "112.5");
    await userEvent.tab();
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByText("积分不够：需要 9,000 分，现有 5,200 分")).toBeInTheDocument();
    expect(sent(asked, `POST ${C}/points/redeem`)[0]).toMatchObject({ value: 112.5 });
  });

  it("asks a reason for points by hand", async () => {
    const asked = open({ [`POST ${C}/points`]: benefitsOf().entries[0] });
    await userEvent.click(await screen.findByRole("button", { name: "调整积分" }));
    await fill("积分（负数为扣减）", "-50");
    await userEvent.tab();
    expect(screen.getByRole("button", { name: "保存" })).toBeDisabled();
    await fill("说明", "多记了");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `POST ${C}/points`)[0]).toMatchObject({ points: -50, note: "多记了" }));
  });

  it("LOY-05 quotes an order", async () => {
    open({ [`GET ${C}/quote`]: { amount: 1000, percent: 3, net: 970, next_percent: null, missing: null } });
    await userEvent.click(await screen.findByRole("button", { name: "量价试算" }));
    await fill("本单金额", "1000");
    await userEvent.tab();
    expect(await screen.findByText("享 3% 折扣，实收 £970.00。")).toBeInTheDocument();
  });

  it("takes a coupon and a line of the ledger back", async () => {
    const asked = open({
      "POST /api/v1/w/demo/coupons/8/void": couponOf({ state: "void" }),
      "POST /api/v1/w/demo/loyalty/entries/21/reverse": benefitsOf().entries[0],
    });
    await userEvent.click(await screen.findByRole("button", { name: "收回券 WELCOME22222" }));
    await userEvent.click(screen.getByRole("button", { name: "撤回这笔 230 分" }));
    await waitFor(() => expect(sent(asked, "POST /api/v1/w/demo/loyalty/entries/21/reverse")).toHaveLength(1));
    expect(sent(asked, "POST /api/v1/w/demo/coupons/8/void")).toHaveLength(1);
  });

  it("shows a reader no buttons, and a customer without anything just that", async () => {
    const bare = benefitsOf({ enabled: false, balance: 0, coupons: [], entries: [], at_stake: 0 });
    open({ [`GET ${C}/loyalty`]: bare }, { permissions: [] });
    expect(await screen.findByText("没有积分或优惠券")).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

it("a change of points reads again what shows points, and nothing else", () => {
  expect(showsLoyalty(["get", "/api/v1/w/{slug}/loyalty/members"])).toBe(true);
  expect(showsLoyalty(["get", "/api/v1/w/{slug}/customers/{customer_id}/loyalty"])).toBe(true);
  expect(showsLoyalty(["get", "/api/v1/w/{slug}/customers"])).toBe(false);
});
