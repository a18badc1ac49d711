import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { stranger } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { LoginPage } from "./LoginPage";
import { MessengerLogin } from "./MessengerLogin";
import { beginAddress, isInside, refusalKey, silentOffer } from "./messenger.logic";

const WECOM = { channel_id: 3, kind: "wecom", name: "" };
const FEISHU = { channel_id: 4, kind: "feishu", name: "" };
const INSIDE = "Mozilla/5.0 wxwork/4.1.0 MicroMessenger/7.0.1";
const OFFERS = "GET /api/v1/login-offers";

afterEach(() => vi.restoreAllMocks());

describe("log-in by messenger", () => {
  it("knows in which messenger the page is open", () => {
    expect(isInside("wecom", INSIDE)).toBe(true);
    expect(isInside("feishu", INSIDE)).toBe(false);
    expect(isInside("other", INSIDE)).toBe(false);
    expect(isInside("wecom", "MicroMessenger/7.0.1")).toBe(false);
  });

  it("begins with the page that was wanted", () => {
    expect(beginAddress(WECOM, "/w/a/alerts/1?do=claim", "")).toBe(
      "/api/login/3/begin?next=%2Fw%2Fa%2Falerts%2F1%3Fdo%3Dclaim",
    );
    expect(beginAddress(WECOM, "/", INSIDE)).toBe("/api/login/3/begin?next=%2F&inside=1");
  });

  it("begins by itself inside, but never again after a refusal", () => {
    expect(silentOffer([FEISHU, WECOM], INSIDE, null)).toBe(WECOM);
    expect(silentOffer([FEISHU, WECOM], INSIDE, "login_unbound")).toBeUndefined();
    expect(silentOffer([FEISHU, WECOM], "Chrome", null)).toBeUndefined();
  });

  it("has words for every refusal", () => {
    expect(refusalKey(null)).toBeUndefined();
    expect(refusalKey("state")).toBe("login.refused.state");
    expect(refusalKey("<script>")).toBe("login.refused.login_refused");
  });

  it("shows a button per configured messenger and none otherwise", async () => {
    serve({ [OFFERS]: [WECOM, FEISHU] });
    const go = vi.fn();
    renderUi(<MessengerLogin next="/" refused={null} go={go} />, { session: stranger() });
    await userEvent.click(await screen.findByRole("button", { name: "飞书登录" }));
    expect(go).toHaveBeenCalledWith("/api/login/4/begin?next=%2F");
    expect(screen.getByRole("button", { name: "企业微信登录" })).toBeInTheDocument();
  });

  it("leaves at once inside WeCom", async () => {
    serve({ [OFFERS]: [WECOM] });
    vi.spyOn(navigator, "userAgent", "get").mockReturnValue(INSIDE);
    const go = vi.fn();
    renderUi(<MessengerLogin next="/w/a/today" refused={null} go={go} />, { session: stranger() });
    await waitFor(() => expect(go).toHaveBeenCalledWith("/api/login/3/begin?next=%2Fw%2Fa%2Ftoday&inside=1"));
  });

  it("says on the page why it was refused, and asks for the second step where one is pending", async () => {
    serve({ [OFFERS]: [] });
    const { unmount } = renderUi(<LoginPage />, { at: "/login?im=login_unbound", path: "/login", session: stranger() });
    expect(await screen.findByRole("alert")).toHaveTextContent("还没有与留客绑定");
    unmount();
    renderUi(<LoginPage />, { at: "/login?step=code&next=%2F", path: "/login", session: stranger() });
    expect(await screen.findByLabelText("验证码")).toBeInTheDocument();
  });
});
