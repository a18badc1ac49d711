import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { caseOf, casesOf } from "./testing/caseOf";
import { VerificationPage } from "./VerificationPage";

const LIST = "/api/v1/w/demo/verification";
const answers = {
  [`GET ${LIST}`]: casesOf(),
  [`POST ${LIST}/decide`]: { changed: 1, undo_token: null },
  [`POST ${LIST}/reopen`]: { changed: 1, undo_token: null },
};
const open = (at = "/w/demo/verification", workspace = workspaceOf()) =>
  renderUi(
    <>
      <VerificationPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/verification", workspace },
  );
const row = (name: string) => screen.findByRole("listitem", { name });

describe("待验证页", () => {
  it("shows what is odd, with customer and score, and how many wait", async () => {
    serve(answers);
    open();
    expect(await row("宁波瑞安贸易有限公司")).toHaveTextContent("上周互动骤降90%");
    expect(await row("erp")).toHaveTextContent("来源停更");
    expect(screen.getByRole("button", { name: /全部 2/ })).toBeInTheDocument();
  });

  it("takes a word by a button, and takes it back", async () => {
    const asked = serve(answers);
    open();
    await row("erp");
    await userEvent.click(screen.getAllByRole("button", { name: "数据错误" })[0] as HTMLElement);
    expect(await screen.findByText("1 条记为「数据错误」")).toBeInTheDocument();
    expect(sent(asked, `POST ${LIST}/decide`)).toEqual([{ case_ids: [3], decision: "wrong", note: "" }]);
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${LIST}/reopen`)).toEqual([{ case_ids: [3] }]));
  });

  it("is worked by the keyboard alone", async () => {
    const asked = serve(answers);
    open();
    (await row("宁波瑞安贸易有限公司")).focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(await row("erp")).toHaveFocus();
    await userEvent.keyboard("3");
    await waitFor(() =>
      expect(sent(asked, `POST ${LIST}/decide`)).toEqual([{ case_ids: [4], decision: "seasonal", note: "" }]),
    );
  });

  it("says one word with a note on several", async () => {
    const asked = serve(answers);
    open();
    (await row("宁波瑞安贸易有限公司")).focus();
    await userEvent.keyboard("xjx");
    expect(await screen.findByText("已选 2 条")).toBeInTheDocument();
    await userEvent.type(screen.getByRole("textbox", { name: /备注/ }), "春节");
    const bar = screen.getByRole("toolbar", { name: "批量结论" });
    await userEvent.click(bar.querySelector("button.ant-btn-primary") as HTMLElement);
    await waitFor(() =>
      expect(sent(asked, `POST ${LIST}/decide`)).toEqual([{ case_ids: [3, 4], decision: "confirmed", note: "春节" }]),
    );
  });

  it("filters by kind and status in the address", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: /来源停更/ }));
    await userEvent.selectOptions(screen.getByLabelText("状态"), "wrong");
    expect(address()).toBe("/w/demo/verification?kind=source&status=wrong");
    await waitFor(() => expect(asked.at(-1)?.query.get("status")).toBe("wrong"));
  });

  it("shows what was said, by whom, and offers to take it back while it goes on", async () => {
    const said = { status: "wrong", note: "接口断了", decided_by: { id: 1, name: "林晓雯", team: null } } as const;
    const asked = serve({ ...answers, [`GET ${LIST}`]: casesOf([caseOf(said)]) });
    open("/w/demo/verification?status=wrong");
    expect(await row("宁波瑞安贸易有限公司")).toHaveTextContent("数据错误 · 林晓雯 · 接口断了");
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤回结论" }));
    await waitFor(() => expect(sent(asked, `POST ${LIST}/reopen`)).toHaveLength(1));
  });

  it("lets analysts read only", async () => {
    serve(answers);
    open("/w/demo/verification", workspaceOf({ permissions: ["export"] }));
    await row("erp");
    expect(screen.queryByRole("button", { name: "属实" })).not.toBeInTheDocument();
  });

  it("is content when nothing waits, and says what went wrong", async () => {
    serve({ [`GET ${LIST}`]: casesOf([]) });
    open();
    expect(await screen.findByText("没有待验证的异常")).toBeInTheDocument();
  });

  it("offers another try", async () => {
    serve({ [`GET ${LIST}`]: refuse(503, "busy", "稍后再试") });
    open();
    expect(await screen.findByRole("button", { name: "重试" })).toBeInTheDocument();
  });
});
