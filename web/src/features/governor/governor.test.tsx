import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { GovernorPage } from "./GovernorPage";
import { capTyped, listOf, refusedIn, shownHours, tabOf, withCap, withHours } from "./policy.logic";
import { decision, page, policy, replay } from "./testing/fixtures";

const BASE = "/api/v1/w/demo";
const POLICY = `${BASE}/governor/policy`;
const answers = { [`GET ${POLICY}`]: policy, [`GET ${POLICY}/versions`]: [] };
const show = (tab = "", permissions?: ReturnType<typeof workspaceOf>["permissions"]) =>
  renderUi(<GovernorPage />, {
    at: `/w/demo/settings/touch?tab=${tab}`,
    path: "/w/:slug/settings/touch",
    ...(permissions && { workspace: workspaceOf({ permissions }) }),
  });

describe("the policy as it is edited", () => {
  it("reads caps and lists", () => {
    expect(capTyped("3", 1)).toBe(3);
    expect(capTyped(" ", 1)).toBeNull();
    expect(listOf("a, b，c、d ")).toEqual(["a", "b", "c", "d"]);
    expect(refusedIn(replay.refused)).toBe(20);
    expect(tabOf("decisions")).toBe("decisions");
    expect(tabOf("nonsense")).toBe("policy");
  });

  it.each(["x", "-1", "1.5", "10000"])("keeps the cap where %s is typed: a slip must not lift it", (text) => {
    expect(capTyped(text, 2)).toBe(2);
    expect(withCap(policy.policy, "marketing", "day", text)).toEqual(policy.policy);
  });

  it("shows a day without sending in the reader's words and keeps it as the server does", () => {
    expect(shownHours("closed", "不发")).toBe("不发");
    expect(shownHours("09:00-20:00", "不发")).toBe("09:00-20:00");
    expect(withHours(policy.policy, "service", 6, "不发", "不发").hours.service?.[6]).toBe("closed");
  });

  it("changes one cap or one day and leaves the rest", () => {
    const capped = withCap(policy.policy, "marketing", "day", "2");
    expect(capped.caps.marketing).toEqual({ day: 2, week: 2, month: 4 });
    expect(policy.policy.caps.marketing?.day).toBe(1);
    const closed = withHours(policy.policy, "service", 6, "closed");
    expect(closed.hours.service?.[6]).toBe("closed");
    expect(closed.hours.service?.[5]).toBe("08:00-22:00");
    expect(closed.hours.marketing).toEqual(policy.policy.hours.marketing);
  });
});

describe("BEY-08 触达规则", () => {
  it("are tried on the last 30 days before they are published", async () => {
    const asked = serve({
      ...answers,
      [`POST ${POLICY}/preview`]: replay,
      [`PUT ${POLICY}`]: { ...policy, number: 3 },
    });
    show();
    await screen.findByText("频次上限");
    await fill("营销 每天", "2");
    await userEvent.click(screen.getByRole("button", { name: "试算近 30 天" }));
    expect(await screen.findByText("判定 100 条：可发 70，推迟 10，拦截 20")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "发布" }));
    await waitFor(() => expect(sent(asked, `PUT ${POLICY}`)).toHaveLength(1));
    expect(sent(asked, `PUT ${POLICY}`)[0]).toMatchObject({
      based_on: 2,
      policy: { caps: { marketing: { day: 2, week: 2, month: 4 } } },
    });
  });

  it("show every fault of the server at once", async () => {
    serve({
      ...answers,
      [`PUT ${POLICY}`]: refuse(422, "governor_policy", "触达规则有误", [
        { where: "hours.marketing.0", message: "09:00-20:00" },
        { where: "defer_days", message: "0–14" },
      ]),
    });
    show();
    await screen.findByText("频次上限");
    await userEvent.click(screen.getByRole("button", { name: "发布" }));
    expect(await screen.findByText("hours.marketing.0")).toBeInTheDocument();
    expect(screen.getByText("defer_days")).toBeInTheDocument();
  });

  it("say that nothing leaves a workspace that rehearses", async () => {
    serve({ ...answers, [`GET ${POLICY}`]: { ...policy, holds: "simulated" } });
    show();
    expect(await screen.findByText(/模拟工作区永不对外发送/)).toBeInTheDocument();
  });

  it("are read only without the permission to publish, and hide the suppressed addresses", async () => {
    serve(answers);
    show("", ["handle"]);
    await screen.findByText("频次上限");
    expect(screen.queryByRole("button", { name: "发布" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "退订名单" })).not.toBeInTheDocument();
  });

  it("tell every refusal with its rule, by filter", async () => {
    const asked = serve({ [`GET ${BASE}/governor/decisions`]: page(decision) });
    show("decisions");
    expect(await screen.findByText("全部渠道的触达次数已满：每天最多 1 次")).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("原因"), "consent");
    await waitFor(() => expect(asked.at(-1)?.query.get("rule")).toBe("consent"));
  });

  it("take a customer off the do-not-contact list with an undo", async () => {
    const row = { customer: decision.customer, reason: "诉讼中", by: null, at: "2011-09-09T10:00:00Z" };
    const asked = serve({
      [`GET ${BASE}/do-not-contact`]: page(row),
      [`DELETE ${BASE}/do-not-contact/7`]: { ok: true },
      [`GET ${BASE}/customers`]: page(),
    });
    show("doNotContact");
    await userEvent.click(await screen.findByRole("button", { name: "移出名单" }));
    await waitFor(() => expect(sent(asked, `DELETE ${BASE}/do-not-contact/7`)).toHaveLength(1));
  });

  it("suppress an address and never show it again", async () => {
    const row = {
      id: 1,
      medium: "sms",
      hint: "138****2206",
      scope: "marketing",
      reason: "manual",
      at: "2011-09-09T10:00:00Z",
      lifted_at: null,
    };
    const asked = serve({ [`GET ${BASE}/suppressions`]: page(row), [`POST ${BASE}/suppressions`]: row });
    show("suppressions");
    expect(await screen.findByText(/138\*\*\*\*2206/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText("地址"), "13812342206");
    await userEvent.click(screen.getByRole("button", { name: "加入退订名单" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${BASE}/suppressions`)).toEqual([
        { medium: "sms", address: "13812342206", scope: "marketing" },
      ]),
    );
    expect(screen.queryByText("13812342206")).not.toBeInTheDocument();
  });
});
