import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { workItemOf } from "../testing/workItemOf";
import { CommentsPanel } from "./CommentsPanel";
import { mentionsIn, withMention } from "./comments.logic";
import { sheetOf } from "./testing/sheetOf";

const W = "/api/v1/w/demo";
const POST = `${W}/work-items/1/comments`;
const person = (id: number, name: string) => ({ id, name, team: null });
const open = (sheet = sheetOf(), workspace = workspaceOf()) =>
  renderUi(
    <>
      <CommentsPanel item={workItemOf()} sheet={sheet} />
      <UndoToast />
    </>,
    { workspace },
  );

describe("whom a comment names", () => {
  const people = [person(1, "王"), person(2, "王小明"), person(3, "Li Lei"), person(4, "")];

  it("is the longest name that stands after the sign", () => {
    expect(mentionsIn("@王小明 请看", people)).toEqual([2]);
    expect(mentionsIn("@王小 请看", people)).toEqual([1]);
    expect(mentionsIn("请 @Li Lei 看", people)).toEqual([3]);
  });

  it("is everybody once, and nobody without a sign or with an unknown name", () => {
    expect(mentionsIn("@王 @王小明 @王", people)).toEqual([1, 2]);
    expect(mentionsIn("王小明请看 @赵 @", people)).toEqual([]);
  });

  it("is written at the end with a gap on both sides", () => {
    expect(withMention("", person(1, "王"))).toBe("@王 ");
    expect(withMention("请看", person(1, "王"))).toBe("请看 @王 ");
    expect(withMention("请看 ", person(1, "王"))).toBe("请看 @王 ");
  });
});

describe("the comments of a task", () => {
  it("cannot be empty", async () => {
    serve({});
    open();
    await fill("写评论", "  ");
    expect(screen.getByRole("button", { name: "发布" })).toBeDisabled();
  });

  it("keep the text when they did not arrive, and its key, so that a second try is no second comment", async () => {
    const asked = serve({ [`POST ${POST}`]: refuse(503, "busy", "忙") });
    open();
    await fill("写评论", "已寄出样品");
    await userEvent.click(screen.getByRole("button", { name: "发布" }));
    await waitFor(() => expect(sent(asked, `POST ${POST}`)).toHaveLength(1));
    expect(screen.getByLabelText("写评论")).toHaveValue("已寄出样品");
    await waitFor(() => expect(screen.getByRole("button", { name: "发布" })).toBeEnabled());
    await userEvent.click(screen.getByRole("button", { name: "发布" }));
    await waitFor(() => expect(sent(asked, `POST ${POST}`)).toHaveLength(2));
    const [first, second] = sent(asked, `POST ${POST}`) as { request_key: string }[];
    expect(second?.request_key).toBe(first?.request_key);
  });

  it("take a new key after one arrived", async () => {
    const asked = serve({ [`POST ${POST}`]: { id: 8 } });
    open();
    for (const [text, count] of [
      ["一", 1],
      ["二", 2],
    ] as const) {
      await fill("写评论", text);
      await userEvent.click(screen.getByRole("button", { name: "发布" }));
      await waitFor(() => expect(sent(asked, `POST ${POST}`)).toHaveLength(count));
      await waitFor(() => expect(screen.getByLabelText("写评论")).toHaveValue(""));
    }
    const keys = (sent(asked, `POST ${POST}`) as { request_key: string }[]).map(({ request_key }) => request_key);
    expect(new Set(keys).size).toBe(2);
  });

  it("are deleted by their author, with a way back", async () => {
    const asked = serve({ [`DELETE ${W}/comments/6`]: { ok: true }, [`POST ${W}/comments/6/restore`]: { ok: true } });
    open();
    await userEvent.click(screen.getByRole("button", { name: "删除评论" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/comments/6/restore`)).toHaveLength(1));
  });

  it("of others stay, and a reader writes none", () => {
    serve({});
    const others = sheetOf().comments.map((comment) => ({ ...comment, is_mine: false }));
    open(sheetOf({ comments: others }), workspaceOf({ permissions: [] }));
    expect(screen.getByText("客户在比价")).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
    expect(screen.queryByLabelText("写评论")).not.toBeInTheDocument();
  });

  it("say when there are none", () => {
    serve({});
    open(sheetOf({ comments: [] }));
    expect(screen.getByText("还没有评论")).toBeInTheDocument();
  });
});
