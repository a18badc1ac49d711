import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { customerOf } from "@/features/customer360/testing/customerOf";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { ConsentForm } from "./ConsentForm";
import { ConsentPanel } from "./ConsentPanel";
import { MessagesPanel } from "./MessagesPanel";
import { SendForm } from "./SendForm";
import { SendPreview } from "./SendPreview";
import { consent, message, preview, template } from "./testing/fixtures";

const BASE = "/api/v1/w/demo";
const AT = `${BASE}/customers/7`;
const reader = workspaceOf({ permissions: ["personal_data"] });

describe("what the governor says of a message", () => {
  const say = (verdict: Partial<typeof preview.verdict>, more = {}) =>
    renderUi(<SendPreview preview={{ ...preview, ...more, verdict: { ...preview.verdict, ...verdict } }} />);

  it("is until when it waits, and why", () => {
    say({ verdict: "deferred", text: "休息时间", until: "2011-09-12T08:00:00Z" });
    expect(screen.getByRole("status")).toHaveTextContent("将推迟到 2011-09-12 09:00 发送：休息时间");
  });

  it("is also that nothing leaves the house in a rehearsal", () => {
    say({ holds: "simulated" });
    expect(screen.getByRole("status")).toHaveTextContent("可以立即发送 · 模拟工作区：只判定，不发送");
  });

  it("does not promise a rehearsal of what is refused anyway", () => {
    say({ verdict: "refused", text: "没有同意", holds: "dry_run" });
    expect(screen.getByRole("status")).toHaveTextContent(/^不能发送：没有同意$/);
  });

  it("is that there is no address", () => {
    say({}, { address: "", text: "" });
    expect(screen.getByText("没有可用地址")).toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "内容预览" })).not.toBeInTheDocument();
  });
});

describe("BEY-08 sending by hand", () => {
  const answers = {
    [`GET ${BASE}/message-templates`]: [template, { ...template, code: "one", name: "单渠道", media: ["sms"] }],
    [`POST ${AT}/messages/preview`]: preview,
  };
  async function open(more: Record<string, unknown> = {}) {
    const asked = serve({ ...answers, ...more });
    const onClose = vi.fn();
    renderUi(<SendForm open onClose={onClose} customerId={7} customerName="甲公司" />);
    await screen.findByRole("option", { name: "日常关怀" });
    return { asked, onClose };
  }

  it("cannot begin without a template", async () => {
    const { asked } = await open();
    expect(screen.getByRole("button", { name: "发送" })).toBeDisabled();
    expect(sent(asked, `POST ${AT}/messages/preview`)).toEqual([]);
  });

  it("goes over the chosen medium of the template", async () => {
    const { asked } = await open();
    await userEvent.selectOptions(screen.getByLabelText("模板"), "care_checkin");
    await userEvent.selectOptions(await screen.findByLabelText("渠道"), "sms");
    await waitFor(() =>
      expect(sent(asked, `POST ${AT}/messages/preview`).at(-1)).toMatchObject({ channel: "sms", variables: {} }),
    );
  });

  it("does not ask for a medium where there is only one, and forgets the other template's", async () => {
    const { asked } = await open();
    await userEvent.selectOptions(screen.getByLabelText("模板"), "one");
    await waitFor(() => expect(sent(asked, `POST ${AT}/messages/preview`).at(-1)).toMatchObject({ channel: "sms" }));
    expect(screen.queryByLabelText("渠道")).not.toBeInTheDocument();
  });

  it("keeps the form open and says why when the server refuses", async () => {
    const { onClose } = await open({ [`POST ${AT}/messages`]: refuse(409, "busy", "渠道已停用") });
    await userEvent.selectOptions(screen.getByLabelText("模板"), "care_checkin");
    await waitFor(() => expect(screen.getByRole("button", { name: "发送" })).toBeEnabled());
    await userEvent.click(screen.getByRole("button", { name: "发送" }));
    expect(await screen.findByText("渠道已停用")).toBeInTheDocument();
    expect(onClose).not.toHaveBeenCalled();
  });

  it("closes once the message is in the queue", async () => {
    const { onClose } = await open({ [`POST ${AT}/messages`]: { ...message, status: "queued" } });
    await userEvent.selectOptions(screen.getByLabelText("模板"), "care_checkin");
    await waitFor(() => expect(screen.getByRole("button", { name: "发送" })).toBeEnabled());
    await userEvent.click(screen.getByRole("button", { name: "发送" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });
});

describe("a customer's messages", () => {
  const list = (change = {}, next_cursor: string | null = null) => ({
    items: [{ ...message, ...change }],
    next_cursor,
    total: 1,
    total_is_capped: false,
  });
  const open = (answer: unknown, workspace = workspaceOf()) => {
    const asked = serve({ [`GET ${AT}/messages`]: answer });
    renderUi(<MessagesPanel customerId={7} customerName="甲公司" />, { workspace });
    return asked;
  };

  it("say what came back and what a colleague must still confirm", async () => {
    open(list({ replied_at: message.at, clicked_at: message.at, opened_at: message.at, confirmed: "1/2" }));
    expect(await screen.findByRole("listitem")).toHaveTextContent(
      "已回复 · 已点击 · 已打开（仅供参考） · 待员工确认 1/2",
    );
  });

  it("say why one was not sent", async () => {
    open(list({ status: "refused", reason: "没有营销同意", text: "" }));
    expect(await screen.findByText("没有营销同意")).toBeInTheDocument();
    expect(screen.queryByText("内容预览")).not.toBeInTheDocument();
  });

  it("show more on demand", async () => {
    const asked = open(list({}, "next"));
    await userEvent.click(await screen.findByRole("button", { name: "更多" }));
    await waitFor(() => expect(asked.at(-1)?.query.get("limit")).toBe("50"));
    expect(asked[0]?.query.get("limit")).toBe("5");
  });

  it("are only read by those who may not handle the customer", async () => {
    open({ ...list(), items: [] }, reader);
    expect(await screen.findByText("还没有发过消息")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "发消息" })).not.toBeInTheDocument();
  });
});

describe("consents", () => {
  const path = `${AT}/consents`;
  const event = {
    id: 1,
    at: "2011-09-08T10:00:00Z",
    contact: "",
    medium: "sms",
    purpose: "marketing",
    state: "withdrawn",
    source: "sms_reply",
    wording: "",
  };

  it("name the whole customer, its history and an address that gets nothing more", async () => {
    serve({
      [`GET ${path}`]: {
        rows: [consent({ contact_id: null, word: "withdrawn", suppressed: "reply" })],
        history: [event],
        do_not_contact: null,
      },
    });
    renderUi(<ConsentPanel customer={customerOf({ id: 7 })} />);
    expect(await screen.findByText("整个客户")).toBeInTheDocument();
    expect(screen.getByText("地址已停发")).toBeInTheDocument();
    expect(screen.getByText(/2011-09-08 11:00 整个客户 短信营销 已撤回 短信回复/)).toBeInTheDocument();
  });

  it("are not changed by those who may not handle the customer", async () => {
    serve({ [`GET ${path}`]: { rows: [consent({ word: "given" })], history: [], do_not_contact: null } });
    renderUi(<ConsentPanel customer={customerOf({ id: 7 })} />, { workspace: reader });
    expect(await screen.findByText("已同意")).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("carry where and to which wording they were given", async () => {
    const onSave = vi.fn();
    renderUi(<ConsentForm title="记录同意" saving={false} error={null} onClose={() => undefined} onSave={onSave} />);
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.selectOptions(dialog.getByLabelText("来源"), "面谈");
    await fill("告知文本版本", " 2026-03 ");
    await userEvent.click(dialog.getByRole("button", { name: "保存" }));
    expect(onSave).toHaveBeenCalledWith("meeting", "2026-03");
  });
});
