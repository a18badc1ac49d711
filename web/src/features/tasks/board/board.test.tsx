import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { type Asked, sent, serve } from "@/shared/testing/server";
import { workItemOf } from "../testing/workItemOf";
import { BoardView } from "./BoardView";
import { beside, COLUMNS, mayMove, stepTo } from "./board.logic";

const ITEMS = "/api/v1/w/demo/work-items";
const items = [
  workItemOf({ id: 1, title: "处理投诉" }),
  workItemOf({ id: 2, title: "发送方案", status: "doing" }),
  workItemOf({ id: 3, title: "回访", status: "done" }),
];
const list = ({ query }: Asked) => pageOf(items.filter(({ status }) => status === query.get("status")));
const open = (workspace = workspaceOf()) => renderUi(<BoardView query={{ scope: "mine" }} />, { workspace });

describe("where a card may go", () => {
  it("is beside its column, and never back from 进行中 to 待办", () => {
    expect([beside("todo", -1), beside("todo", 1), beside("done", 1)]).toEqual([null, "doing", null]);
    expect(mayMove({ status: "doing" }, "todo")).toBe(true);
    expect(COLUMNS.filter((column) => mayMove({ status: "todo" }, column))).toEqual(["doing", "done"]);
  });
  it("leads through 待办 for what is finished and taken in hand again", () => {
    expect(stepTo({ status: "done" }, "doing")).toBe("todo");
    expect(stepTo({ status: "todo" }, "done")).toBe("done");
    expect(stepTo({ status: "doing" }, "todo")).toBe("todo");
    expect(stepTo({ status: "doing" }, "doing")).toBeNull();
  });
});

describe("the board", () => {
  it("has three columns with their cards", async () => {
    serve({ [`GET ${ITEMS}`]: list });
    open();
    for (const [column, title] of [
      ["待办", "处理投诉"],
      ["进行中", "发送方案"],
      ["已完成", "回访"],
    ] as const) {
      const region = await screen.findByRole("region", { name: new RegExp(`^${column}`) });
      expect(await within(region).findByRole("link", { name: title })).toBeInTheDocument();
    }
  });

  it("moves a card by its menu and by Ctrl and an arrow", async () => {
    const asked = serve({
      [`GET ${ITEMS}`]: list,
      [`PATCH ${ITEMS}/1`]: workItemOf(),
      [`PATCH ${ITEMS}/2`]: workItemOf(),
    });
    open();
    await userEvent.selectOptions(await screen.findByLabelText("移动：处理投诉"), "doing");
    await waitFor(() => expect(sent(asked, `PATCH ${ITEMS}/1`)).toEqual([{ status: "doing", seq: 0 }]));
    const card = screen.getByRole("link", { name: "发送方案" });
    fireEvent.keyDown(card, { key: "ArrowLeft", ctrlKey: true });
    fireEvent.keyDown(card, { key: "ArrowRight" });
    fireEvent.keyDown(card, { key: "ArrowRight", ctrlKey: true });
    await waitFor(() =>
      expect(sent(asked, `PATCH ${ITEMS}/2`)).toEqual([
        { status: "todo", seq: 0 },
        { status: "done", seq: 0 },
      ]),
    );
  });

  it("opens what is finished and goes on from where the server puts it", async () => {
    const answered = (item: object) => workItemOf({ id: 3, ...item });
    const opened = [answered({ status: "doing", seq: 5 }), answered({ status: "todo", seq: 6 })];
    const asked = serve({ [`GET ${ITEMS}`]: list, [`PATCH ${ITEMS}/3`]: () => opened.shift() });
    open();
    await userEvent.selectOptions(await screen.findByLabelText("移动：回访"), "todo");
    await waitFor(() =>
      expect(sent(asked, `PATCH ${ITEMS}/3`)).toEqual([
        { status: "todo", seq: 0 },
        { status: "todo", seq: 5 },
      ]),
    );
  });

  it("moves a card that is dropped on another column", async () => {
    const asked = serve({ [`GET ${ITEMS}`]: list, [`PATCH ${ITEMS}/1`]: workItemOf() });
    open();
    const kept = new Map<string, string>();
    const dataTransfer = {
      types: ["application/x-liuke-task"],
      setData: (type: string, value: string) => kept.set(type, value),
      getData: (type: string) => kept.get(type) ?? "",
    };
    const card = (await screen.findByRole("link", { name: "处理投诉" })).closest("li");
    fireEvent.dragStart(card as HTMLElement, { dataTransfer });
    fireEvent.drop(screen.getByRole("region", { name: /^已完成/ }), { dataTransfer });
    await waitFor(() => expect(sent(asked, `PATCH ${ITEMS}/1`)).toEqual([{ status: "done", seq: 0 }]));
  });

  it("stands still for those who may not work it", async () => {
    serve({ [`GET ${ITEMS}`]: list });
    open(workspaceOf({ permissions: [] }));
    await screen.findByRole("link", { name: "处理投诉" });
    expect(screen.queryByLabelText("移动：处理投诉")).not.toBeInTheDocument();
  });
});
