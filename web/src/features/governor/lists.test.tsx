import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { failure, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { CsvBox } from "./CsvBox";
import { DecisionsPanel } from "./DecisionsPanel";
import { DoNotContactPanel } from "./DoNotContactPanel";
import { PolicyVersions } from "./PolicyVersions";
import { ReplayNote } from "./ReplayNote";
import { SuppressionsPanel } from "./SuppressionsPanel";
import { decision, page, replay } from "./testing/fixtures";

const BASE = "/api/v1/w/demo";
const reader = workspaceOf({ permissions: ["personal_data"] });

describe("what the governor decided", () => {
  it("says until when a message waits", async () => {
    serve({
      [`GET ${BASE}/governor/decisions`]: page({ ...decision, verdict: "deferred", until: "2011-09-12T08:00:00Z" }),
    });
    renderUi(<DecisionsPanel />);
    const row = await screen.findByRole("row", { name: /甲公司/ });
    expect(row).toHaveTextContent("推迟到 2011-09-12 09:00");
    expect(within(row).getByRole("link", { name: "甲公司" })).toHaveAttribute("href", "/w/demo/customers/7");
  });

  it("says that nothing was refused, and tries again after a fault", async () => {
    const answers = vi
      .fn()
      .mockReturnValueOnce(refuse(500, "broken", "出错了"))
      .mockReturnValue(page());
    serve({ [`GET ${BASE}/governor/decisions`]: () => answers() });
    renderUi(<DecisionsPanel />);
    expect(await screen.findByText(/出错了/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByText("没有拦截记录")).toBeInTheDocument();
  });
});

describe("the do-not-contact list", () => {
  const path = `${BASE}/do-not-contact`;
  const row = { customer: decision.customer, reason: "诉讼中", by: null, at: "2011-09-09T10:00:00Z" };
  const answers = { [`GET ${path}`]: page(row), [`GET ${BASE}/customers`]: page() };

  it("is put back with the same reason by the undo", async () => {
    const asked = serve({ ...answers, [`DELETE ${path}/7`]: { ok: true }, [`POST ${path}`]: { ok: true } });
    renderUi(
      <>
        <DoNotContactPanel />
        <UndoToast />
      </>,
    );
    await userEvent.click(await screen.findByRole("button", { name: "移出名单" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${path}`)).toEqual([{ customer_ids: [7], reason: "诉讼中" }]));
  });

  it("asks for a customer and a reason before it takes one in", async () => {
    serve(answers);
    renderUi(<DoNotContactPanel />);
    const add = await screen.findByRole("button", { name: "加入免打扰" });
    await userEvent.click(screen.getByRole("textbox", { name: "原因" }));
    await userEvent.paste("要求停止联系");
    expect(add).toBeDisabled();
  });

  it("goes on beyond its first page", async () => {
    const asked = serve({ ...answers, [`GET ${path}`]: { ...page(row), total: 260, next_cursor: "c2" } });
    renderUi(<DoNotContactPanel />);
    await userEvent.click(await screen.findByRole("button", { name: "下一页" }));
    await waitFor(() => expect(asked.some(({ query }) => query.get("cursor") === "c2")).toBe(true));
  });

  it("is only read by those who neither handle nor publish", async () => {
    serve(answers);
    renderUi(<DoNotContactPanel />, { workspace: reader });
    expect(await screen.findByText(/诉讼中/)).toBeInTheDocument();
    for (const name of ["加入免打扰", "移出名单"])
      expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  });
});

describe("suppressed addresses", () => {
  const path = `${BASE}/suppressions`;
  const row = {
    id: 1,
    medium: "sms",
    hint: "138****2206",
    scope: "marketing",
    reason: "reply",
    at: "2011-09-09T10:00:00Z",
    lifted_at: "2011-09-10T10:00:00Z",
  };
  // jsdom's files cannot be read as text.
  const file = (text: string) =>
    Object.assign(new File([text], "list.csv", { type: "text/csv" }), { text: async () => text });

  it("say why they are there and that a consent lifted them", async () => {
    serve({ [`GET ${path}`]: page(row) });
    renderUi(<SuppressionsPanel />);
    const line = await screen.findByRole("listitem");
    expect(line).toHaveTextContent("回复退订 · 营销 · 2011-09-09 11:00");
    expect(line).toHaveTextContent("已解除");
  });

  it("are read from a file, with every wrong row named", async () => {
    const asked = serve({
      [`GET ${path}`]: page(),
      [`POST ${path}/import`]: { taken: 1, rejected: [{ row: 3, message: "第 3 行：渠道不认识" }] },
    });
    renderUi(<SuppressionsPanel />);
    await userEvent.upload(screen.getByLabelText("导入 CSV"), file("medium,address,scope\nsms,1,all"));
    expect(await screen.findByRole("status")).toHaveTextContent("已导入 1 行，1 行有误");
    expect(screen.getByText("第 3 行：渠道不认识")).toBeInTheDocument();
    expect(sent(asked, `POST ${path}/import`)).toEqual([{ text: "medium,address,scope\nsms,1,all" }]);
  });

  it("leave the consents' file to those who may export", async () => {
    serve({ [`GET ${path}`]: page() });
    renderUi(<SuppressionsPanel />, { workspace: reader });
    expect(await screen.findByText("名单为空")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "导出" })).toHaveAttribute("href", `${path}/export.csv`);
    expect(screen.queryByRole("link", { name: "导出同意记录" })).not.toBeInTheDocument();
  });

  it("say what was wrong with the whole file", () => {
    renderUi(<CsvBox label="导入" hint="" result={undefined} error={failure("缺少列")} onText={() => undefined} />);
    expect(screen.getByRole("alert")).toHaveTextContent("缺少列");
  });
});

describe("earlier policies", () => {
  const path = `${BASE}/governor/policy`;
  const version = { number: 1, note: "放宽", by: { id: 1, name: "林晓雯", team: null }, at: "2011-09-08T10:00:00Z" };
  const versions = [{ ...version, number: 2 }, version].map((each) => ({ ...each, changed: ["caps", "hours"] }));

  it("name what they changed, and come back as a new version", async () => {
    const asked = serve({
      [`GET ${path}/versions`]: versions,
      [`POST ${path}/versions/1/restore`]: { number: 3 },
    });
    renderUi(<PolicyVersions current={2} />);
    const [live, earlier] = await screen.findAllByRole("listitem");
    expect(earlier).toHaveTextContent("第 1 版 放宽林晓雯 2011-09-08 11:00 · 修改：caps、hours");
    expect(within(live as HTMLElement).queryByRole("button")).not.toBeInTheDocument();
    await userEvent.click(within(earlier as HTMLElement).getByRole("button", { name: "恢复此版" }));
    await waitFor(() => expect(sent(asked, `POST ${path}/versions/1/restore`)).toHaveLength(1));
  });

  it("are only read by those who may not publish", async () => {
    serve({ [`GET ${path}/versions`]: versions });
    renderUi(<PolicyVersions current={2} />, { workspace: reader });
    expect(await screen.findAllByRole("listitem")).toHaveLength(2);
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

describe("a replay", () => {
  it("counts refusals by rule and compares with what was refused", () => {
    renderUi(<ReplayNote replay={replay} />);
    expect(screen.getByText("频次 15")).toBeInTheDocument();
    expect(screen.getByText("当时拦截 8 条；新增拦截 14，新增放行 2")).toBeInTheDocument();
  });

  it("says that there was nothing to try it on", () => {
    renderUi(<ReplayNote replay={{ ...replay, judged: 0 }} />);
    expect(screen.getByText("近 30 天没有消息")).toBeInTheDocument();
    expect(screen.queryByRole("status")).not.toBeInTheDocument();
  });
});
