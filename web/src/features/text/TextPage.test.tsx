import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { TextPage } from "./TextPage";
import { itemOf, listsOf, pageOf, RATE, READING, SETTINGS } from "./testing/textOf";

const TEXT = "/api/v1/w/demo/text";
const answers = {
  [`GET ${TEXT}/review`]: pageOf([
    itemOf(),
    itemOf({ activity_id: "m2", customer: { id: 8, key: "C8", name: "宁波瑞安" } as never }),
  ]),
  [`GET ${TEXT}/rate`]: RATE,
  [`GET ${TEXT}/around`]: [itemOf(), itemOf({ activity_id: "out", from_us: true, text: "非常抱歉", reading: null })],
  [`POST ${TEXT}/verdict`]: itemOf(),
  [`POST ${TEXT}/verdict/undo`]: itemOf(),
  [`GET ${TEXT}/lists`]: listsOf(),
  [`PUT ${TEXT}/lists`]: listsOf({ number: 3 }),
  [`POST ${TEXT}/try`]: READING,
  [`POST ${TEXT}/lists/1/restore`]: listsOf({ number: 3 }),
  [`POST ${TEXT}/lists/hits`]: {
    texts: 120,
    capped: false,
    changed: 4,
    hits: [{ shows: "competitor", which: "友商甲", label: "友商甲", before: 1, after: 5 }],
    examples: [{ text: "甲家更便宜", before: [], after: ["友商甲"] }],
  },
  [`GET ${TEXT}/settings`]: SETTINGS,
  [`PUT ${TEXT}/settings/retention`]: SETTINGS,
  [`PUT ${TEXT}/settings/model`]: SETTINGS,
  [`POST ${TEXT}/settings/model/test`]: SETTINGS,
};
const open = (tab = "", workspace = workspaceOf()) =>
  renderUi(
    <>
      <TextPage />
      <UndoToast />
    </>,
    { at: `/w/demo/text${tab && `?tab=${tab}`}`, path: "/w/:slug/text", workspace },
  );
const row = (name: string) => screen.findByRole("listitem", { name });

describe("质检", () => {
  it("marks the words that show it and says what was read", async () => {
    serve(answers);
    open();
    const first = await row("华东灯具");
    expect(within(first).getByText("等了三天").tagName).toBe("MARK");
    expect(first).toHaveTextContent("负面 91");
    expect(first).toHaveTextContent("服务态度");
    expect(first).toHaveTextContent("升级投诉");
  });

  it("shows the measured rate with its interval and the base rate beside", async () => {
    serve(answers);
    open();
    expect(await screen.findByText(/流失 30%（95% 区间 18%–45%），全部客户为 10%/)).toBeInTheDocument();
    expect(screen.getByText(/与流失相关，不代表因果/)).toBeInTheDocument();
  });

  it("takes one tap, and takes it back", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(within(await row("华东灯具")).getByRole("button", { name: "不是负面" }));
    expect(await screen.findByText("已改为 0 分")).toBeInTheDocument();
    expect(sent(asked, `POST ${TEXT}/verdict`)).toEqual([{ source: "wecom", activity_id: "m1", said: 0 }]);
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${TEXT}/verdict/undo`)).toEqual([{ source: "wecom", activity_id: "m1" }]),
    );
  });

  it("is worked by the keyboard alone", async () => {
    const asked = serve(answers);
    open();
    (await row("华东灯具")).focus();
    await userEvent.keyboard("j");
    expect(await row("宁波瑞安")).toHaveFocus();
    await userEvent.keyboard("1");
    await waitFor(() =>
      expect(sent(asked, `POST ${TEXT}/verdict`)).toEqual([{ source: "wecom", activity_id: "m2", said: null }]),
    );
  });

  it("takes any score from 0 to 100 and no other", async () => {
    const asked = serve(answers);
    open();
    const field = within(await row("华东灯具")).getByRole("textbox", { name: /0–100/ });
    await userEvent.type(field, "400{Enter}");
    expect(sent(asked, `POST ${TEXT}/verdict`)).toEqual([]);
    await userEvent.clear(field);
    await userEvent.type(field, "40{Enter}");
    await waitFor(() =>
      expect(sent(asked, `POST ${TEXT}/verdict`)).toEqual([{ source: "wecom", activity_id: "m1", said: 40 }]),
    );
  });

  it("opens the conversation around a text, ours beside theirs", async () => {
    serve(answers);
    open();
    await userEvent.click(within(await row("华东灯具")).getByRole("button", { name: "前后对话" }));
    expect(await screen.findByText("非常抱歉")).toBeInTheDocument();
  });

  it("filters in the address", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: /已复核/ }));
    await userEvent.selectOptions(screen.getByLabelText("主题"), "service");
    expect(address()).toContain("status=done&topic=service");
    await waitFor(() => expect(asked.at(-1)?.query.get("topic")).toBe("service"));
  });

  it("lets a masked reader look and not judge", async () => {
    const masked = itemOf({ masked: true, text: "***(8)", reading: { ...READING, spans: [] } });
    serve({ ...answers, [`GET ${TEXT}/review`]: pageOf([masked]) });
    open("", workspaceOf({ permissions: ["export"] }));
    expect(await row("华东灯具")).toHaveTextContent("***(8)");
    expect(screen.queryByRole("button", { name: "认同" })).not.toBeInTheDocument();
  });

  it("is content when nothing waits, and offers another try when it fails", async () => {
    serve({ ...answers, [`GET ${TEXT}/review`]: pageOf([]) });
    open();
    expect(await screen.findByText("没有待复核的文本")).toBeInTheDocument();
  });

  it("says what went wrong", async () => {
    serve({
      ...answers,
      [`GET ${TEXT}/review`]: refuse(503, "busy", "稍后再试"),
      [`GET ${TEXT}/rate`]: refuse(403, "no", "无权"),
    });
    open();
    expect(await screen.findByRole("button", { name: "重试" })).toBeInTheDocument();
  });
});

describe("词库", () => {
  it("saves an edit as the next version of what was opened", async () => {
    const asked = serve(answers);
    open("lists");
    const field = await screen.findByRole("textbox", { name: /^竞品/ });
    expect(screen.getByRole("button", { name: "保存为新版本" })).toBeDisabled();
    await userEvent.type(field, "\n友商乙");
    await userEvent.tab();
    await userEvent.click(screen.getByRole("button", { name: "保存为新版本" }));
    await waitFor(() => expect(sent(asked, `PUT ${TEXT}/lists`)).toHaveLength(1));
    expect(sent(asked, `PUT ${TEXT}/lists`)[0]).toMatchObject({
      based_on: 2,
      lists: {
        competitors: [
          { name: "友商甲", aliases: ["甲家"] },
          { name: "友商乙", aliases: [] },
        ],
      },
    });
  });

  it("tries a sentence and says why", async () => {
    const asked = serve(answers);
    open("lists");
    await userEvent.type(await screen.findByRole("textbox", { name: "要试的句子" }), "等了三天没人理");
    await userEvent.click(screen.getByRole("button", { name: "识读" }));
    expect(await screen.findByText("服务态度 → 客服组")).toBeInTheDocument();
    expect(screen.getByText("等了三天").tagName).toBe("MARK");
    expect(sent(asked, `POST ${TEXT}/try`)).toEqual([{ text: "等了三天没人理", lists: null }]);
  });

  it("counts hits before anything is saved", async () => {
    serve(answers);
    open("lists");
    await userEvent.click(await screen.findByRole("button", { name: "统计命中" }));
    expect(await screen.findByText("读了 120 条，4 条的结果会变")).toBeInTheDocument();
    expect(screen.getByRole("row", { name: "友商甲 1 5" })).toBeInTheDocument();
    expect(screen.getByText("— → 友商甲")).toBeInTheDocument();
  });

  it("restores an older version", async () => {
    const asked = serve(answers);
    open("lists");
    await userEvent.click(await screen.findByRole("button", { name: /恢\s?复/ }));
    await waitFor(() => expect(sent(asked, `POST ${TEXT}/lists/1/restore`)).toHaveLength(1));
  });

  it("is read-only for those who do not publish, and says how far stored texts follow", async () => {
    serve({ ...answers, [`GET ${TEXT}/lists`]: listsOf({ stale: 12, may_edit: false }) });
    open("lists", workspaceOf({ permissions: ["handle"] }));
    expect(await screen.findByText(/12 条历史文本/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "保存为新版本" })).not.toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: /^竞品/ })).toHaveAttribute("readonly");
  });
});

describe("文本设置", () => {
  it("sets how long texts are kept", async () => {
    const asked = serve(answers);
    open("settings");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "原文保留期" }), "90");
    const panel = screen.getByRole("region", { name: "原文保留期" });
    await userEvent.click(within(panel).getByRole("button", { name: /保\s?存/ }));
    await waitFor(() => expect(sent(asked, `PUT ${TEXT}/settings/retention`)).toEqual([{ days: 90 }]));
  });

  it("keeps the model's key unless a new one is typed", async () => {
    const asked = serve(answers);
    open("settings");
    const panel = await screen.findByRole("region", { name: /大模型/ });
    await userEvent.click(within(panel).getByRole("button", { name: /保\s?存/ }));
    await waitFor(() => expect(sent(asked, `PUT ${TEXT}/settings/model`)).toHaveLength(1));
    expect(sent(asked, `PUT ${TEXT}/settings/model`)[0]).toMatchObject({ key: null, enabled: false });
  });

  it("says how the test of the model went", async () => {
    const test = {
      ok: false,
      code: "no_answer",
      message: "在限定时间内没有回答",
      negative: null,
      at: "2026-03-01T00:00:00Z",
    };
    serve({ ...answers, [`GET ${TEXT}/settings`]: { ...SETTINGS, model: { ...SETTINGS.model, test } } });
    open("settings");
    expect(await screen.findByText(/测试未通过：在限定时间内没有回答/)).toBeInTheDocument();
  });

  it("is not shown to those who set nothing", async () => {
    serve(answers);
    open("settings", workspaceOf({ permissions: ["handle", "personal_data"] }));
    await row("华东灯具");
    expect(screen.queryByRole("button", { name: "设置" })).not.toBeInTheDocument();
  });
});
