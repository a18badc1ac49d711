import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { pageOf, sessionOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { Refusal, refuse, sent, serve } from "@/shared/testing/server";
import { AuditPage } from "./AuditPage";
import { ProfilePage } from "./ProfilePage";
import { SettingsPage } from "./SettingsPage";
import { people, policy } from "./testing/fixtures";
import { WorkspacePage } from "./WorkspacePage";

const WORKSPACE = "PATCH /api/v1/w/demo";
const TOTP = "/_allauth/browser/v1/account/authenticators/totp";

describe("the workspace", () => {
  it("saves name, money and what counts as lost (SCR-10)", async () => {
    const asked = serve({ "GET /api/v1/w/demo/alert-policy": policy, [WORKSPACE]: workspaceOf() });
    renderUi(<WorkspacePage />);
    await fill("名称", "英国礼品批发");
    await fill(/^流失口径/, "90");
    await userEvent.tab();
    await userEvent.click(screen.getAllByRole("button", { name: "保存" })[0] as HTMLElement);
    await waitFor(() =>
      expect(sent(asked, WORKSPACE)[0]).toEqual({
        name: "英国礼品批发",
        time_zone: "Europe/London",
        currency: "GBP",
        money_basis: "含税·下单",
        counting_word: "家",
        churn_days: 90,
        churn_kinds: ["order.placed"],
      }),
    );
  });

  it("saves ALT-12's manners", async () => {
    const asked = serve({ "GET /api/v1/w/demo/alert-policy": policy, [WORKSPACE]: workspaceOf() });
    renderUi(<WorkspacePage />);
    await screen.findByLabelText("每人每个工作日最多推送(条)");
    await fill("每人每个工作日最多推送(条)", "4");
    await fill("高危预警处理时限(小时)", "8");
    await userEvent.tab();
    await userEvent.click(screen.getAllByRole("button", { name: "保存" })[1] as HTMLElement);
    await waitFor(() =>
      expect(sent(asked, WORKSPACE)[0]).toEqual({
        alert_policy: { ...policy, pushes_per_owner_and_day: 4, sla_hours: { ...policy.sla_hours, high: 8 } },
      }),
    );
  });

  it("is closed to other roles", () => {
    serve({});
    renderUi(<WorkspacePage />, { workspace: workspaceOf({ permissions: [] }) });
    expect(screen.getByText("没有权限查看")).toBeInTheDocument();
  });
});

describe("the own profile", () => {
  const off = {
    [`GET ${TOTP}`]: new Refusal(404, { status: 404, meta: { secret: "JBSWY3DP", totp_url: "otpauth://totp/x" } }),
    "GET /api/v1/w/demo/absences": { items: [], deputies: [] },
    "GET /api/v1/w/demo/calendar-feed": { is_on: false, created_at: null, read_at: null, url: null },
  };

  it("saves name and phone", async () => {
    const asked = serve({ ...off, "PATCH /api/v1/me": sessionOf().me });
    renderUi(<ProfilePage />);
    await screen.findByLabelText("手机", {}, { timeout: 30_000 });
    await fill("手机", "13800000000");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, "PATCH /api/v1/me")).toEqual([{ name: "林晓雯", phone: "13800000000", language: "zh-CN" }]),
    );
  }, 60_000);

  it("changes the password only with the present one", async () => {
    const asked = serve({ ...off, "PATCH /api/v1/me": refuse(422, "password_wrong", "当前密码不对") });
    renderUi(<ProfilePage />);
    await screen.findByLabelText("设置密码", {}, { timeout: 15_000 });
    await fill("设置密码", "correct horse 9");
    await fill("再输入一次", "correct horse 9");
    expect(screen.getByRole("button", { name: "更新密码" })).toBeDisabled();
    await fill("当前密码", "wrong");
    await userEvent.click(screen.getByRole("button", { name: "更新密码" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("当前密码不对");
    expect(sent(asked, "PATCH /api/v1/me")).toEqual([{ current_password: "wrong", new_password: "correct horse 9" }]);
  });

  it("turns the second step on and shows the recovery codes once", async () => {
    const asked = serve({
      ...off,
      [`POST ${TOTP}`]: { status: 200 },
      "GET /_allauth/browser/v1/account/authenticators/recovery-codes": {
        status: 200,
        data: { unused_codes: ["aa-11", "bb-22"], unused_code_count: 2 },
      },
    });
    renderUi(<ProfilePage />);
    expect(await screen.findByText("JBSWY3DP", {}, { timeout: 15_000 })).toBeInTheDocument();
    await fill("验证码", "123456");
    await userEvent.click(screen.getByRole("button", { name: "开启" }));
    expect(await screen.findByText("aa-11 bb-22")).toBeInTheDocument();
    expect(sent(asked, `POST ${TOTP}`)).toEqual([{ code: "123456" }]);
  });

  it("asks for the password again before it turns the second step off", async () => {
    const stale = new Refusal(401, { status: 401, data: { flows: [{ id: "reauthenticate" }] } });
    const asked = serve({
      [`GET ${TOTP}`]: { status: 200, data: { type: "totp" } },
      [`DELETE ${TOTP}`]: stale,
      "POST /_allauth/browser/v1/auth/reauthenticate": { status: 200 },
    });
    renderUi(<ProfilePage />);
    await userEvent.click(await screen.findByRole("button", { name: "关闭两步验证" }));
    await userEvent.click(await screen.findByRole("button", { name: /确 ?定/ }));
    expect(await screen.findByText("为了安全,请先确认密码。")).toBeInTheDocument();
    await fill("密码", "correct horse 9");
    await userEvent.click(screen.getByRole("button", { name: "确认" }));
    await waitFor(() =>
      expect(sent(asked, "POST /_allauth/browser/v1/auth/reauthenticate")).toEqual([{ password: "correct horse 9" }]),
    );
  });
});

describe("the audit trail", () => {
  const entry = {
    id: 1,
    at: "2026-11-22T02:10:00Z",
    actor: "user:1",
    actor_name: "林晓雯",
    action: "score.published",
    action_text: "发布评分设置",
    object_type: "score_version",
    object_text: "评分设置",
    object_id: "4",
    detail: { note: "高危线", count: 3 },
  };

  it("says who did what, when and to what", async () => {
    serve({ "GET /api/v1/w/demo/audit": pageOf([entry]) });
    renderUi(<AuditPage />);
    expect(
      await screen.findByRole("row", {
        name: "2026-11-22 02:10 林晓雯 发布评分设置 评分设置 #4 note: 高危线 · count: 3",
      }),
    ).toBeInTheDocument();
  });

  it("leads to what was acted on where it has a page", async () => {
    const seen = { ...entry, id: 2, object_type: "customer", object_text: "客户", object_id: "7" };
    serve({ "GET /api/v1/w/demo/audit": pageOf([seen, { ...entry, object_id: "0" }]) });
    renderUi(<AuditPage />, { at: "/w/demo/settings/audit", path: "/w/:slug/settings/audit" });
    expect(await screen.findByRole("link", { name: "客户 #7" })).toHaveAttribute("href", "/w/demo/customers/7");
    expect(screen.getByText("评分设置")).toBeInTheDocument();
  });

  const PEOPLE = { "GET /api/v1/w/demo/people": people };

  it("filters by person, in the address, from the first page on", async () => {
    const asked = serve({ ...PEOPLE, "GET /api/v1/w/demo/audit": pageOf([]) });
    renderUi(<AuditPage />, { at: "/w/demo/settings/audit?cursor=x", path: "/w/:slug/settings/audit" });
    await screen.findByRole("option", { name: "陈嘉豪" });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "操作人" }), "陈嘉豪");
    await waitFor(() => expect(address()).toBe("/w/demo/settings/audit?actor=user%3A2"));
    await waitFor(() => expect(asked.at(-1)?.query.get("actor")).toBe("user:2"));
    expect(await screen.findByText("没有符合条件的记录")).toBeInTheDocument();
  });

  it("filters by an action with a click on it, and lets go again", async () => {
    const asked = serve({ ...PEOPLE, "GET /api/v1/w/demo/audit": pageOf([entry]) });
    renderUi(<AuditPage />, { at: "/w/demo/settings/audit", path: "/w/:slug/settings/audit" });
    await userEvent.click(await screen.findByRole("button", { name: "发布评分设置" }));
    await waitFor(() => expect(asked.at(-1)?.query.get("action")).toBe("score.published"));
    await userEvent.click(await screen.findByRole("button", { name: "清除筛选" }));
    await waitFor(() => expect(address()).toBe("/w/demo/settings/audit"));
  });
});

describe("the menu of settings", () => {
  it("leads the desktop to the own profile", () => {
    renderUi(<SettingsPage />, { at: "/w/demo/settings", path: "/w/:slug/settings" });
    expect(address()).toBe("/w/demo/settings/profile");
  });

  it("lists what the role may change and names the page", () => {
    renderUi(<SettingsPage />, {
      at: "/w/demo/settings/channels",
      path: "/w/:slug/settings/*",
      workspace: workspaceOf({ permissions: ["channels"] }),
    });
    expect(screen.getByRole("heading", { level: 1, name: "通知渠道" })).toBeInTheDocument();
    expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["个人设置", "通知渠道"]);
  });
});
