import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { pageOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { TasksPage } from "./TasksPage";
import { workItemOf } from "./testing/workItemOf";

const W = "/api/v1/w/demo";
const answers = {
  [`GET ${W}/work-items`]: pageOf([workItemOf({ id: 1, title: "甲" }), workItemOf({ id: 2, title: "乙" })]),
  [`GET ${W}/work-items/counts`]: { today: 2, week: 2, overdue: 0, done: 0, open: 2 },
  [`POST ${W}/work-items/bulk`]: { changed: 2, undo_token: "u" },
  [`POST ${W}/alerts/undo`]: { changed: 2, undo_token: null },
};
const open = (at = "/w/demo/tasks") =>
  renderUi(
    <>
      <TasksPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/tasks" },
  );

it("finishes several tasks at once and takes it back", async () => {
  const asked = serve(answers);
  open();
  await userEvent.click(await screen.findByRole("checkbox", { name: "选择：甲" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "选择：乙" }));
  expect(screen.getByRole("toolbar", { name: "批量操作" })).toHaveTextContent("已选 2 项");
  await userEvent.click(screen.getByRole("button", { name: "完成" }));
  expect(await screen.findByText("已完成 2 项任务")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "撤销" }));
  await waitFor(() => expect(sent(asked, `POST ${W}/alerts/undo`)).toEqual([{ undo_token: "u" }]));
  expect(sent(asked, `POST ${W}/work-items/bulk`)).toEqual([{ item_ids: [1, 2], action: "finish" }]);
  expect(screen.queryByRole("toolbar")).not.toBeInTheDocument();
});

it("keeps board, kind and owner in the address and asks the server for them", async () => {
  const asked = serve({ ...answers, [`GET ${W}/owners`]: [{ id: 2, name: "陈嘉豪", team: null }] });
  open("/w/demo/tasks?scope=team");
  await userEvent.selectOptions(await screen.findByLabelText("任务类型"), "renewal");
  await screen.findByRole("option", { name: "陈嘉豪" });
  await userEvent.selectOptions(screen.getByLabelText("负责人"), "2");
  await userEvent.click(screen.getByRole("button", { name: "看板" }));
  expect(address()).toBe("/w/demo/tasks?scope=team&kind=renewal&owner=2&as=board");
  await waitFor(() => {
    const query = asked.filter(({ path }) => path === `${W}/work-items`).at(-1)?.query;
    expect([query?.get("kind"), query?.get("owner"), query?.get("scope")]).toEqual(["renewal", "2", "team"]);
  });
});
