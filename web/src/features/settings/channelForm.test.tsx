import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { failure } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { ChannelFields } from "./ChannelFields";
import { ChannelHealth, ChannelMark } from "./ChannelHealth";
import { ChannelModal } from "./ChannelModal";
import { ChannelTest } from "./ChannelTest";
import { ChannelTroubles } from "./ChannelTroubles";
import { bodyOf, type Channel, formOf, type Kind } from "./channel.logic";
import { kinds, webhook } from "./testing/fixtures";

const CHANNELS = "/api/v1/w/demo/channels";
const kind = (name: string) => kinds.find((each) => each.name === name) as Kind;

/** The form of a kind as it is filled in; returns what the server would be sent. */
function form(of: Kind, channel?: Channel) {
  let body = bodyOf(of, formOf(of, channel));
  function Filling() {
    const [state, setState] = useState(() => formOf(of, channel));
    const set = (name: string, value: string) => {
      const next = { ...state, values: { ...state.values, [name]: value } };
      body = bodyOf(of, next);
      setState(next);
    };
    return <ChannelFields fields={of.fields} values={state.values} stored={channel?.secrets_set ?? []} set={set} />;
  }
  renderUi(<Filling />);
  return () => body;
}

describe("ALT-01 the form of a kind", () => {
  it("marks what may stay empty, with what then holds", () => {
    form(kind("email"));
    const field = screen.getByLabelText("收件人（选填）");
    expect(field).toHaveAttribute("placeholder", "owner");
    expect(field).toHaveAccessibleDescription("留空＝发给消息对应的人");
  });

  it("takes addresses as such and hides secrets", async () => {
    const body = form(kind("webhook"));
    expect(screen.getByLabelText("接收地址")).toHaveAttribute("type", "url");
    expect(screen.getByLabelText("签名密钥")).toHaveAttribute("type", "password");
    await fill("接收地址", " https://hooks.example.com/x ");
    await fill("签名密钥", " s3cret ");
    expect(body().config).toEqual({ url: "https://hooks.example.com/x" });
    expect(body().secrets).toEqual({ secret: " s3cret " });
  });

  it("offers choices, flags and numbers", async () => {
    const body = form(kind("feishu"));
    await userEvent.selectOptions(screen.getByLabelText("令牌方式"), "OAuth");
    await userEvent.click(screen.getByRole("switch", { name: "同时建待办（选填）" }));
    await fill("每分钟上限（选填）", "50");
    expect(body().config).toEqual({ style: "oauth", todo: true, rate: 50 });
  });

  it("leaves a flag out again that is taken back", async () => {
    const body = form(kind("feishu"), { ...webhook, kind: "feishu", config: { style: "oauth", todo: true } });
    const flag = screen.getByRole("switch", { name: "同时建待办（选填）" });
    expect(flag).toBeChecked();
    await userEvent.click(flag);
    expect(body().config).toEqual({ style: "oauth" });
  });
});

describe("adding and changing a channel", () => {
  it("begins anew with the fields of another kind", async () => {
    serve({});
    renderUi(<ChannelModal kinds={kinds} channel={undefined} onClose={() => undefined} />);
    await screen.findByRole("dialog");
    await userEvent.selectOptions(screen.getByLabelText("渠道类型"), "feishu");
    expect(screen.getByLabelText("名称")).toHaveValue("飞书应用");
    expect(screen.queryByLabelText(/收件人/)).not.toBeInTheDocument();
    expect(screen.getByLabelText("渠道类型")).toHaveAccessibleDescription("飞书应用的说明");
  });

  it("switches a channel off without asking for its kind again", async () => {
    const asked = serve({ [`PATCH ${CHANNELS}/2`]: webhook });
    const onClose = vi.fn();
    renderUi(<ChannelModal kinds={kinds} channel={webhook} onClose={onClose} />);
    await screen.findByRole("dialog");
    expect(screen.queryByLabelText("渠道类型")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("switch", { name: "状态" }));
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent(asked, `PATCH ${CHANNELS}/2`)[0]).toMatchObject({ enabled: false, secrets: {} });
  });

  it("stays open with the fault that the other side named", async () => {
    serve({ [`PATCH ${CHANNELS}/2`]: refuse(422, "channel_config", "地址不是公网地址") });
    const onClose = vi.fn();
    renderUi(<ChannelModal kinds={kinds} channel={webhook} onClose={onClose} />);
    await userEvent.click(await screen.findByRole("button", { name: "保存" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("地址不是公网地址");
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe("how a channel does", () => {
  const counts = { sent: 3, failed: 0, unknown: 1 };

  it("is off before it is anything else", () => {
    renderUi(<ChannelMark channel={{ ...webhook, enabled: false, last_error: failure("403") }} />);
    expect(screen.getByText("已停用")).toBeInTheDocument();
  });

  it("is unknown before the first message", () => {
    renderUi(<ChannelMark channel={{ ...webhook, last_ok_at: null }} />);
    expect(screen.getByText("还没发送过")).toBeInTheDocument();
  });

  it("does not speak of what waits where nothing does", () => {
    const health = { ...webhook.health, day: counts, week: counts };
    renderUi(<ChannelHealth channel={{ ...webhook, health }} />);
    expect(screen.getByText("24小时：已发 3 · 失败 0 · 未知 1 · 7天：已发 3 · 失败 0 · 未知 1")).toBeInTheDocument();
  });
});

describe("a test message", () => {
  const person = { id: 7, name: "陈嘉豪", team: null };
  const open = (answer: unknown, of: Kind | undefined = kind("feishu")) => {
    const asked = serve({ "GET /api/v1/w/demo/owners": [person], [`POST ${CHANNELS}/2/test`]: answer });
    renderUi(<ChannelTest channel={webhook} kind={of} onClose={() => undefined} />);
    return asked;
  };

  it("goes to an address that is typed", async () => {
    const asked = open({ ok: true, outcome: "accepted", message: "对方已收下", code: "" });
    await screen.findByRole("dialog");
    await fill("或填地址", " ou_1 ");
    await userEvent.click(screen.getByRole("button", { name: "发送" }));
    expect(await screen.findByRole("status")).toHaveTextContent(/^对方已收下$/);
    expect(sent(asked, `POST ${CHANNELS}/2/test`)).toEqual([{ membership_id: null, address: "ou_1" }]);
  });

  it("asks for nobody where the kind has one receiver", async () => {
    const asked = open({ ok: true, outcome: "accepted", message: "好", code: "" }, kind("webhook"));
    await userEvent.click(await screen.findByRole("button", { name: "发送" }));
    expect(screen.queryByLabelText("发给")).not.toBeInTheDocument();
    await waitFor(() => expect(sent(asked, `POST ${CHANNELS}/2/test`)).toEqual([{ membership_id: null, address: "" }]));
  });

  it("says when it could not even be tried", async () => {
    open(refuse(409, "channel_busy", "正在发送另一条"));
    await userEvent.click(await screen.findByRole("button", { name: "发送" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("正在发送另一条");
  });
});

describe("ALT-01 messages that failed", () => {
  const trouble = {
    id: 5,
    state: "failed",
    at: "2026-11-22T02:00:00Z",
    to_customer: false,
    message: "对方返回 403",
    can_ask: false,
  };

  it("can be marked as arrived, not as lost a second time", async () => {
    const asked = serve({
      [`GET ${CHANNELS}/2/troubles`]: [trouble],
      [`POST ${CHANNELS}/2/troubles/5/mark`]: { ok: true },
    });
    renderUi(<ChannelTroubles channel={webhook} onClose={() => undefined} />);
    const row = within(await screen.findByRole("listitem"));
    expect(row.getByText("2026-11-22 02:00 · 员工通知")).toBeInTheDocument();
    expect(row.queryByRole("button", { name: "再查一次" })).not.toBeInTheDocument();
    expect(row.queryByRole("button", { name: "标记为未送达" })).not.toBeInTheDocument();
    await userEvent.click(row.getByRole("button", { name: "标记为送达" }));
    await waitFor(() => expect(sent(asked, `POST ${CHANNELS}/2/troubles/5/mark`)).toEqual([{ arrived: true }]));
  });

  it("are told when there are none", async () => {
    serve({ [`GET ${CHANNELS}/2/troubles`]: [] });
    renderUi(<ChannelTroubles channel={webhook} onClose={() => undefined} />);
    expect(await screen.findByText("没有失败或未知的消息")).toBeInTheDocument();
  });
});
