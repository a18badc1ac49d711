import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { LoyaltyPage } from "./LoyaltyPage";
import { couponKindOf, couponOf, customer, loyaltyOf, programmeOf } from "./testing/fixtures";

vi.mock("@/shared/ui/Chart", () => ({
  Chart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const BASE = "/api/v1/w/demo";
const member = {
  customer,
  owner: null,
  level: "high",
  balance: 5200,
  member_level: "银牌",
  keep_until: "2011-10-20",
  yearly: 8200,
};
const answers = {
  [`GET ${BASE}/loyalty`]: loyaltyOf(),
  [`GET ${BASE}/loyalty/members`]: pageOf([member]),
  [`GET ${BASE}/loyalty/referrals`]: pageOf([
    {
      id: 4,
      referrer: customer,
      referred: { ...customer, id: 9, name: "Elm Court" },
      at: "2011-09-01T00:00:00Z",
      rewarded_at: null,
      note: "",
    },
  ]),
  [`GET ${BASE}/coupon-kinds`]: [couponKindOf(), couponKindOf({ id: 5, name: "旧券", stock: null, archived: true })],
  [`GET ${BASE}/customers`]: pageOf([]),
};
const open = (tab: string, more: Record<string, unknown> = {}, permissions = workspaceOf().permissions) => {
  const asked = serve({ ...answers, ...more });
  renderUi(<LoyaltyPage />, { at: `/w/demo/loyalty?tab=${tab}`, workspace: workspaceOf({ permissions }) });
  return asked;
};

describe("members", () => {
  it("are listed with points, level and the end of the grace, beside what was given and lost", async () => {
    open("members");
    const row = (await screen.findByRole("link", { name: customer.name })).closest("tr") as HTMLElement;
    expect(row).toHaveTextContent("5,200");
    expect(row).toHaveTextContent("保级至 2011-10-20");
    expect(screen.getByText("412 家")).toBeInTheDocument();
    expect(screen.getByRole("img", { name: "累积权益与流失" })).toBeInTheDocument();
    expect(screen.getByText(/不代表因果/)).toBeInTheDocument();
  });

  it("are narrowed to those in grace", async () => {
    const asked = open("members");
    await userEvent.click(await screen.findByRole("button", { name: "保级中" }));
    await waitFor(() => expect(asked.at(-1)?.query.get("level")).toBe("grace"));
  });

  it("say how to begin where there are none", async () => {
    open("members", {
      [`GET ${BASE}/loyalty/members`]: pageOf([]),
      [`GET ${BASE}/loyalty`]: loyaltyOf({ months: [] }),
    });
    expect(await screen.findByText("还没有会员")).toBeInTheDocument();
    expect(screen.getByText("还没有可画的数据")).toBeInTheDocument();
  });
});

describe("the programme", () => {
  it("LOY-01 LOY-03 LOY-05 is changed by number, shows an example, and is published with a note", async () => {
    const asked = open("programme", { [`POST ${BASE}/loyalty/publish`]: loyaltyOf() });
    expect(await screen.findByText(/高危客户得 2,000 分/)).toBeInTheDocument();
    await fill("保级宽限天数", "60");
    await userEvent.click(screen.getByText("添加等级"));
    await userEvent.click(screen.getByText("添加一档"));
    await fill("改动说明", "缩短保级");
    const publish = screen.getByRole("button", { name: "发布方案" });
    await userEvent.click(publish);
    await waitFor(() => expect(sent(asked, `POST ${BASE}/loyalty/publish`)).toHaveLength(1));
    expect(sent(asked, `POST ${BASE}/loyalty/publish`)[0]).toMatchObject({
      note: "缩短保级",
      spec: {
        grace_days: 60,
        levels: [{ name: "银牌" }, { least: 2000 }],
        volume: [{ least: 300_000 }, { least: 600_000 }],
      },
    });
  });

  it("says every fault with its place", async () => {
    open("programme", {
      [`POST ${BASE}/loyalty/publish`]: refuse(422, "loyalty_programme", "积分方案有 1 处不对", [
        { where: "levels.0.name", message: "须为 1–20" },
      ]),
    });
    await fill(await screen.findByLabelText("等级名称 1").then(() => "等级名称 1"), "金卡");
    await userEvent.click(screen.getByRole("button", { name: "发布方案" }));
    expect(await screen.findByText("levels.0.name")).toBeInTheDocument();
  });

  it("restores an earlier version, and is only read without the right to publish", async () => {
    const asked = open("programme", { [`POST ${BASE}/loyalty/versions/1/restore`]: loyaltyOf() });
    await userEvent.click(await screen.findByRole("button", { name: "恢复第 1 版" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${BASE}/loyalty/versions/1/restore`)).toEqual([{ note: "恢复第 1 版" }]),
    );
  });

  it("is only read without the right to publish", async () => {
    open("programme", {}, ["handle"]);
    expect(await screen.findByText(/高危客户得/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "发布方案" })).not.toBeInTheDocument();
    expect(screen.getByRole("switch", { name: "启用积分" })).toBeDisabled();
  });

  it("tells of a member day, risks and referrals by number", async () => {
    const asked = open("programme", { [`POST ${BASE}/loyalty/publish`]: loyaltyOf() });
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "会员日周期" }), "每周");
    await fill("引荐人得", "800");
    await userEvent.tab();
    await userEvent.click(screen.getByRole("button", { name: "发布方案" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/loyalty/publish`)).toHaveLength(1));
    expect(sent(asked, `POST ${BASE}/loyalty/publish`)[0]).toMatchObject({
      spec: { member_day: { weekly: true, day: 7 }, referral: { ...programmeOf().referral, referrer: 800 } },
    });
  });
});

describe("coupons", () => {
  it("are listed with what is left and put away", async () => {
    const asked = open("coupons", { [`POST ${BASE}/coupon-kinds/3/archive`]: couponKindOf({ archived: true }) });
    const row = (await screen.findByText("满300减40 · 满 £300 减 £40")).closest("tr") as HTMLElement;
    expect(row).toHaveTextContent("6");
    expect(screen.getByText("旧券 · 满 £300 减 £40").closest("tr")).toHaveTextContent("不限量");
    await userEvent.click(within(row).getByRole("button", { name: "归档「满300减40」" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/coupon-kinds/3/archive`)).toHaveLength(1));
  });

  it("are made and changed, with unlimited stock as an own choice", async () => {
    const asked = open("coupons", { [`POST ${BASE}/coupon-kinds`]: couponKindOf() });
    await userEvent.click(await screen.findByRole("button", { name: "新建优惠券" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("button", { name: "保存" })).toBeDisabled();
    await fill("名称", "新客券");
    await userEvent.selectOptions(within(dialog).getByLabelText("形式"), "按比例减");
    await userEvent.click(within(dialog).getByRole("switch", { name: "限量" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/coupon-kinds`)).toHaveLength(1));
    expect(sent(asked, `POST ${BASE}/coupon-kinds`)[0]).toMatchObject({ name: "新客券", form: "percent", stock: null });
  });

  it("are used by code, and a refusal says why", async () => {
    const asked = open("coupons", { [`POST ${BASE}/coupons/redeem`]: couponOf({ state: "used" }) });
    await screen.findByRole("button", { name: "核销" });
    await fill("券码", "WELCOME22222");
    await userEvent.click(screen.getByRole("button", { name: "核销" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${BASE}/coupons/redeem`)).toEqual([{ code: "WELCOME22222", amount: null }]),
    );
    expect(await screen.findByText(/WELCOME22222：满 £300 减 £40/)).toBeInTheDocument();
  });
});

describe("referrals", () => {
  it("wait for the first order and can be taken back until then", async () => {
    const asked = open("referrals", { [`DELETE ${BASE}/loyalty/referrals/4`]: { ok: true } });
    expect(await screen.findByText("等待首单")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤回对「Elm Court」的引荐" }));
    await waitFor(() => expect(sent(asked, `DELETE ${BASE}/loyalty/referrals/4`)).toHaveLength(1));
  });

  it("are noted for two customers", async () => {
    open("referrals", { [`GET ${BASE}/loyalty/referrals`]: pageOf([]) });
    await userEvent.click(await screen.findByRole("button", { name: "登记引荐" }));
    const dialog = await screen.findByRole("dialog", { name: "登记引荐" });
    expect(within(dialog).getByRole("combobox", { name: "引荐人" })).toBeInTheDocument();
    expect(within(dialog).getByRole("button", { name: "保存" })).toBeDisabled();
  });
});
