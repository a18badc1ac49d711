import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { type Draft, draftOf, EMPTY } from "./messages.logic";
import { TemplateFields } from "./TemplateFields";
import { TemplateItem } from "./TemplateItem";
import { TemplatePreview } from "./TemplatePreview";
import { TemplatesPage } from "./TemplatesPage";
import { TemplateVersions } from "./TemplateVersions";
import { template } from "./testing/fixtures";

const BASE = "/api/v1/w/demo";
const TEMPLATES = `${BASE}/message-templates`;
const reader = workspaceOf({ permissions: ["handle"] });
const tried = { warnings: [], faults: [], subject: "", text: "李雷您好", missing: [] };

function editing(start: Draft = EMPTY, isNew = true) {
  const onChange = vi.fn<(draft: Draft) => void>();
  function Editing() {
    const [draft, setDraft] = useState(start);
    const change = (next: Draft) => {
      onChange(next);
      setDraft(next);
    };
    return <TemplateFields draft={draft} onChange={change} isNew={isNew} readOnly={false} />;
  }
  renderUi(<Editing />);
  return () => onChange.mock.lastCall?.[0] as Draft;
}

describe("the fields of a template", () => {
  it("ask for a subject only where there are mails", async () => {
    const last = editing();
    expect(screen.getByLabelText("标题")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("checkbox", { name: "邮件" }));
    expect(last().media).toEqual([]);
    expect(screen.queryByLabelText("标题")).not.toBeInTheDocument();
  });

  it("ask for the carrier's number only where there are texts", async () => {
    const last = editing();
    expect(screen.queryByLabelText("短信模板编号")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("checkbox", { name: "短信" }));
    await fill("短信模板编号", "SMS_1");
    expect(last()).toMatchObject({ media: ["sms", "email"], sms_template: "SMS_1" });
  });

  it("offer the open pixel for marketing mails only, and off", async () => {
    const last = editing({ ...EMPTY, purpose: "marketing" });
    const box = screen.getByRole("checkbox", { name: /统计是否打开/ });
    expect(box).not.toBeChecked();
    await userEvent.click(box);
    expect(last().open_pixel).toBe(true);
    await userEvent.selectOptions(screen.getByLabelText("用途"), "服务");
    expect(screen.queryByRole("checkbox", { name: /统计是否打开/ })).not.toBeInTheDocument();
    expect(last().open_pixel, "a service mail never carries it").toBe(false);
  });

  it("keep the code of a template that is there", () => {
    editing(draftOf(template), false);
    expect(screen.queryByLabelText("编码")).not.toBeInTheDocument();
    expect(screen.getByLabelText("名称")).toHaveValue("日常关怀");
  });

  it("explain how a variable is written", () => {
    editing();
    expect(screen.getByText(/变量写作 \{\{客户名\}\}/)).toBeInTheDocument();
  });
});

describe("a template's preview", () => {
  const draft = draftOf(template);
  const open = (answer: unknown, of = draft) => {
    const asked = serve({ [`POST ${TEMPLATES}/preview`]: answer, [`GET ${BASE}/customers`]: pageOf([]) });
    renderUi(<TemplatePreview draft={of} />);
    return asked;
  };

  it("names what the sender has to fill in", async () => {
    open({ ...tried, missing: ["活动名", "到期日"] });
    expect(await screen.findByText("由流程或发送人填写：活动名、到期日")).toBeInTheDocument();
  });

  it("says that carriers have nothing against a text", async () => {
    open(tried);
    expect(await screen.findByText("没有审核提醒")).toBeInTheDocument();
  });

  it("does not speak of carriers where there are no texts", async () => {
    open(tried, { ...draft, media: ["email"] });
    expect(await screen.findByText("李雷您好")).toBeInTheDocument();
    expect(screen.queryByText("运营商审核提醒")).not.toBeInTheDocument();
  });

  it("asks the server nothing before there is a text", async () => {
    const asked = open(tried, { ...draft, body: "  " });
    await screen.findByLabelText("用真实客户预览");
    expect(sent(asked, `POST ${TEMPLATES}/preview`)).toEqual([]);
  });

  it("stands in for a code that is not written yet", async () => {
    const asked = open(tried, { ...draft, code: "" });
    await screen.findByText("李雷您好");
    expect(sent(asked, `POST ${TEMPLATES}/preview`)[0]).toMatchObject({ template: { code: "draft", based_on: 0 } });
  });
});

describe("a template's versions", () => {
  const path = `${TEMPLATES}/care_checkin`;
  const version = { number: 1, note: "改口吻", by: { id: 1, name: "林晓雯", team: null }, at: "2011-09-08T10:00:00Z" };

  it("come back by number, the shipped text as number 0", async () => {
    const asked = serve({
      [`GET ${path}/versions`]: [{ ...version, number: 2 }, version],
      [`POST ${path}/versions/1/restore`]: template,
      [`POST ${path}/versions/0/restore`]: template,
    });
    const onRestored = vi.fn();
    renderUi(<TemplateVersions template={{ ...template, number: 2 }} onRestored={onRestored} />);
    await userEvent.click(await screen.findByRole("button", { name: "恢复此版" }));
    await waitFor(() => expect(onRestored).toHaveBeenCalledOnce());
    await userEvent.click(screen.getByRole("button", { name: "恢复内置原文" }));
    await waitFor(() => expect(sent(asked, `POST ${path}/versions/0/restore`)).toHaveLength(1));
    expect(sent(asked, `POST ${path}/versions/1/restore`)).toHaveLength(1);
  });

  it("offer no shipped text where nothing was shipped, and nothing to a reader", async () => {
    serve({ [`GET ${path}/versions`]: [] });
    renderUi(<TemplateVersions template={{ ...template, number: 2, shipped: false }} onRestored={() => undefined} />);
    expect(await screen.findByText("尚未修改过")).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("are only read without the permission to publish", async () => {
    serve({ [`GET ${path}/versions`]: [version] });
    renderUi(<TemplateVersions template={{ ...template, number: 2 }} onRestored={() => undefined} />, {
      workspace: reader,
    });
    expect(await screen.findByText(/改口吻/)).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

describe("a line of the list", () => {
  it("does not count a missing carrier's number as a warning", () => {
    const warnings = [{ code: "no_sms_template", text: "尚未填写模板编号" }];
    renderUi(<TemplateItem template={{ ...template, warnings }} onOpen={() => undefined} />);
    expect(screen.queryByText(/条提醒/)).not.toBeInTheDocument();
  });

  it("says which version it is, or where it comes from", () => {
    const { unmount } = renderUi(<TemplateItem template={{ ...template, number: 3 }} onOpen={() => undefined} />);
    expect(screen.getByText("第 3 版")).toBeInTheDocument();
    unmount();
    renderUi(<TemplateItem template={{ ...template, shipped: false }} onOpen={() => undefined} />);
    expect(screen.getByText("自建")).toBeInTheDocument();
  });
});

describe("the drawer", () => {
  const answers = {
    [`GET ${TEMPLATES}`]: [template],
    [`GET ${TEMPLATES}/care_checkin/versions`]: [],
    [`POST ${TEMPLATES}/preview`]: tried,
    [`GET ${BASE}/customers`]: pageOf([]),
  };
  const open = (at = "/w/demo/templates") =>
    renderUi(
      <>
        <TemplatesPage />
        <UndoToast />
      </>,
      { at, path: "/w/:slug/templates" },
    );

  it("makes a template once it is complete, and keeps it when its code is taken", async () => {
    const asked = serve({ ...answers, [`POST ${TEMPLATES}`]: refuse(409, "code_taken", "编码已存在") });
    open();
    await userEvent.click(await screen.findByRole("button", { name: /新建模板/ }));
    const drawer = within(await screen.findByRole("dialog"));
    const save = drawer.getByRole("button", { name: "保存" });
    await fill("编码", "festival");
    await fill("名称", "节日问候");
    await fill("正文", "节日好");
    expect(save).toBeDisabled();
    await fill("标题", "节日好");
    await userEvent.click(save);
    expect(await drawer.findByText("编码已存在")).toBeInTheDocument();
    expect(sent(asked, `POST ${TEMPLATES}`)[0]).toMatchObject({ code: "festival", based_on: 0, media: ["email"] });
    expect(screen.getByLabelText("名称")).toHaveValue("节日问候");
  });

  it("puts a template away and takes it back from the toast", async () => {
    const path = `${TEMPLATES}/care_checkin/archived`;
    const asked = serve({ ...answers, [`POST ${path}`]: template });
    open("/w/demo/templates?template=care_checkin");
    await userEvent.click(await screen.findByRole("button", { name: "归档" }));
    expect(address()).toBe("/w/demo/templates");
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${path}`)).toEqual([{ archived: true }, { archived: false }]));
  });
});
