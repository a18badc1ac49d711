import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { ruleOf, sentences, versionOf } from "../testing/fixtures";
import { VersionsPanel } from "./VersionsPanel";

const LIST = "GET /api/v1/w/demo/rules/7/versions";
const RESTORE = "POST /api/v1/w/demo/rules/7/versions/1/restore";
const harder = {
  level: "high",
  work_item: true,
  title: "",
  notify: false,
  points: 0,
  ticket: "",
  ticket_team: null,
} as const;
const versions = [
  versionOf({ version: 1, status: "retired" }),
  versionOf({ version: 3, status: "draft", sentences: sentences.slice(0, 2) }),
  versionOf({ version: 2, note: "提高等级", effects: harder }),
];
const open = (list: unknown = versions, mayRestore = true) => {
  const asked = serve({ [LIST]: list, [RESTORE]: ruleOf({ name: "恢复的" }) });
  const onRestored = vi.fn();
  const onClose = vi.fn();
  renderUi(
    <VersionsPanel
      rule={ruleOf({ live: versionOf({ version: 2 }) })}
      open
      onClose={onClose}
      {...(mayRestore && { onRestored })}
    />,
  );
  return { asked, onRestored, onClose };
};
const item = async (name: string) => (await screen.findByText(name)).closest("li") as HTMLElement;

describe("a rule's versions", () => {
  it("stand newest first, whatever the server's order", async () => {
    open();
    await screen.findByText("第 3 版");
    expect(screen.getAllByText(/^第 \d 版$/).map(({ textContent }) => textContent)).toEqual([
      "第 3 版",
      "第 2 版",
      "第 1 版",
    ]);
  });

  it("say which one is live, and who made each and why", async () => {
    open();
    const live = await item("第 2 版");
    expect(within(live).getByText("生效中")).toBeInTheDocument();
    expect(within(live).getByText("林晓雯 · 2011-09-01 04:00 · 提高等级")).toBeInTheDocument();
    expect(screen.getAllByText("生效中")).toHaveLength(1);
  });

  it("tell which condition went, in words for those who do not see colours", async () => {
    open();
    const gone = within(await item("第 3 版")).getByText("近90天下单金额小于 £500");
    expect(gone).toHaveTextContent("删除 近90天下单金额小于 £500");
  });

  it("tell a change of effects although no condition changed", async () => {
    open();
    const live = await item("第 2 版");
    expect(within(live).getByText("条件没有变化")).toBeInTheDocument();
    expect(live.querySelector("del")).toHaveTextContent("中级预警、生成任务");
    expect(within(live).getByText("命中后：高危预警、生成任务")).toBeInTheDocument();
  });

  it("show all of the first one, since nothing was before it", async () => {
    open();
    const first = await item("第 1 版");
    expect(within(first).getByText("第一个版本")).toBeInTheDocument();
    expect(first.querySelectorAll(".diff li.same")).toHaveLength(sentences.length);
  });

  it("are restored after a question, except what is live and the draft itself", async () => {
    const { asked, onRestored, onClose } = open();
    await screen.findByText("第 1 版");
    const [only, ...others] = screen.getAllByText("恢复为草稿");
    expect(others).toEqual([]);
    await userEvent.click(only as HTMLElement);
    expect(await screen.findByText("把第 1 版放进草稿？现有草稿会被替换。")).toBeInTheDocument();
    expect(sent(asked, RESTORE)).toEqual([]);
    await userEvent.click(screen.getByText("确定"));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRestored).toHaveBeenCalledWith(expect.objectContaining({ name: "恢复的" }));
  });

  it("are only to read where nobody may edit", async () => {
    open(versions, false);
    await screen.findByText("第 1 版");
    expect(screen.queryByText("恢复为草稿")).not.toBeInTheDocument();
  });

  it("say that there are none, and why they could not be read", async () => {
    let broken = true;
    open(() => (broken ? refuse(500, "broken", "数据库忙") : []));
    await screen.findByText("数据库忙");
    broken = false;
    await userEvent.click(screen.getByText("重试"));
    expect(await screen.findByText("还没有版本记录")).toBeInTheDocument();
  });
});
