import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { customerOf } from "@/features/customer360/testing/customerOf";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { ConsentPanel } from "./ConsentPanel";
import { MessagesPanel } from "./MessagesPanel";
import { TemplatesPage } from "./TemplatesPage";
import { consent, message, preview, template } from "./testing/fixtures";

const BASE = "/api/v1/w/demo";
const TEMPLATES = `${BASE}/message-templates`;
const AT = `${BASE}/customers/7`;
const tried = { warnings: [], faults: [], subject: "甲公司", text: "李雷您好", missing: [] };

describe("触达模板", () => {
  const answers = {
    [`GET ${TEMPLATES}`]: [
      template,
      { ...template, code: "b", name: "短信", purpose: "marketing", warnings: [{ code: "no_optout", text: "缺退订" }] },
    ],
    [`GET ${TEMPLATES}/care_checkin/versions`]: [],
    [`POST ${TEMPLATES}/preview`]: { ...tried, warnings: [{ code: "no_sms_template", text: "尚未填写模板编号" }] },
    [`GET ${BASE}/customers`]: { items: [], next_cursor: null, total: 0, total_is_capped: false },
  };

  it("lists templates with what carriers may refuse, by purpose", async () => {
    serve(answers);
    renderUi(<TemplatesPage />, { at: "/w/demo/templates", path: "/w/:slug/templates" });
    expect(await screen.findByText("日常关怀")).toBeInTheDocument();
    expect(screen.getByText("1 条提醒")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "营销" }));
    expect(screen.queryByText("日常关怀")).not.toBeInTheDocument();
  });

  it("saves a new version with the number that was edited, and shows the lint", async () => {
    const asked = serve({ ...answers, [`PUT ${TEMPLATES}/care_checkin`]: { ...template, number: 1 } });
    renderUi(<TemplatesPage />, { at: "/w/demo/templates?template=care_checkin", path: "/w/:slug/templates" });
    expect(await screen.findByText("尚未填写模板编号")).toBeInTheDocument();
    await fill("名称", "关怀二");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `PUT ${TEMPLATES}/care_checkin`)).toHaveLength(1));
    expect(sent(asked, `PUT ${TEMPLATES}/care_checkin`)[0]).toMatchObject({ name: "关怀二", based_on: 0 });
  });

  it("says when somebody else saved in between", async () => {
    serve({ ...answers, [`PUT ${TEMPLATES}/care_checkin`]: refuse(409, "changed", "刚被他人修改") });
    renderUi(<TemplatesPage />, { at: "/w/demo/templates?template=care_checkin", path: "/w/:slug/templates" });
    await screen.findByText("尚未填写模板编号");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByText("刚被他人修改")).toBeInTheDocument();
  });

  it("is read only without the permission to publish", async () => {
    serve(answers);
    const workspace = workspaceOf({ permissions: ["handle"] });
    renderUi(<TemplatesPage />, {
      at: "/w/demo/templates?template=care_checkin",
      path: "/w/:slug/templates",
      workspace,
    });
    expect(await screen.findByLabelText("名称")).toBeDisabled();
    expect(screen.queryByRole("button", { name: "保存" })).not.toBeInTheDocument();
  });
});

describe("BEY-08 发消息", () => {
  const answers = {
    [`GET ${AT}/messages`]: { items: [message], next_cursor: null, total: 1, total_is_capped: false },
    [`GET ${TEMPLATES}`]: [template],
  };
  const open = async () => {
    renderUi(<MessagesPanel customerId={7} customerName="甲公司" />);
    await screen.findByText("渠道已接收");
    await userEvent.click(screen.getByRole("button", { name: "发消息" }));
    const dialog = within(await screen.findByRole("dialog"));
    await dialog.findByRole("option", { name: "日常关怀" });
    await userEvent.selectOptions(dialog.getByLabelText("模板"), "care_checkin");
    return dialog;
  };

  it("shows the governor's word, then sends once with a key of its own", async () => {
    const asked = serve({
      ...answers,
      [`POST ${AT}/messages/preview`]: preview,
      [`POST ${AT}/messages`]: { ...message, status: "queued" },
    });
    const dialog = await open();
    expect(await dialog.findByText("可以立即发送")).toBeInTheDocument();
    expect(dialog.getByText("收件人：李雷 li@example.test")).toBeInTheDocument();
    await userEvent.click(dialog.getByRole("button", { name: "发送" }));
    await waitFor(() => expect(sent(asked, `POST ${AT}/messages`)).toHaveLength(1));
    expect(sent(asked, `POST ${AT}/messages`)[0]).toMatchObject({ channel: "email", template: "care_checkin" });
  });

  it("cannot send what the governor refuses, and says why", async () => {
    const verdict = { verdict: "refused", rule: "frequency", text: "每天最多 1 次", until: null, holds: null };
    serve({ ...answers, [`POST ${AT}/messages/preview`]: { ...preview, verdict } });
    const dialog = await open();
    expect(await dialog.findByText("不能发送：每天最多 1 次")).toBeInTheDocument();
    expect(dialog.getByRole("button", { name: "发送" })).toBeDisabled();
  });

  it("asks for what only the sender knows", async () => {
    const asked = serve({ ...answers, [`POST ${AT}/messages/preview`]: { ...preview, missing: ["活动名"] } });
    const dialog = await open();
    await userEvent.type(await dialog.findByLabelText("活动名"), "年会");
    await waitFor(() =>
      expect(sent(asked, `POST ${AT}/messages/preview`).at(-1)).toMatchObject({ variables: { 活动名: "年会" } }),
    );
  });
});

describe("触达同意", () => {
  const path = `${AT}/consents`;
  const list = (word: "none" | "given") => ({ rows: [consent({ word })], history: [], do_not_contact: null });
  const customer = () => customerOf({ id: 7 });

  it("is withdrawn in one step", async () => {
    const asked = serve({ [`GET ${path}`]: list("given"), [`POST ${path}`]: list("none") });
    renderUi(<ConsentPanel customer={customer()} />);
    await userEvent.click(await screen.findByRole("button", { name: "撤回 邮件" }));
    await waitFor(() => expect(sent(asked, `POST ${path}`)).toHaveLength(1));
    expect(sent(asked, `POST ${path}`)[0]).toMatchObject({ state: "withdrawn", medium: "email", contact_id: 1 });
  });

  it("is given with its source and wording", async () => {
    const asked = serve({ [`GET ${path}`]: list("none"), [`POST ${path}`]: list("given") });
    renderUi(<ConsentPanel customer={customer()} />);
    await userEvent.click(await screen.findByRole("button", { name: "记录同意 邮件" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByRole("button", { name: "保存" })).toBeDisabled();
    await fill("告知文本版本", "隐私告知 2026-03");
    await userEvent.click(dialog.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `POST ${path}`)).toHaveLength(1));
    expect(sent(asked, `POST ${path}`)[0]).toMatchObject({
      state: "given",
      source: "form",
      wording: "隐私告知 2026-03",
    });
  });

  it("says that nobody may write to the customer", async () => {
    serve({ [`GET ${path}`]: { ...list("none"), do_not_contact: "诉讼中" } });
    renderUi(<ConsentPanel customer={customer()} />);
    expect(await screen.findByText("免打扰：诉讼中")).toBeInTheDocument();
  });
});
