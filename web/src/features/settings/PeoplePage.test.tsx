import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { PeoplePage } from "./PeoplePage";
import { people, personOf, teams } from "./testing/fixtures";

const PEOPLE = "/api/v1/w/demo/people";
const TEAMS = "/api/v1/w/demo/teams";
const answers = { [`GET ${PEOPLE}`]: people, [`GET ${TEAMS}`]: teams };

async function edit(name: string) {
  await userEvent.click(await screen.findByRole("button", { name: `编辑${name}` }));
  return within(await screen.findByRole("dialog"));
}

describe("people", () => {
  it("are listed with role, team, customers and state", async () => {
    serve(answers);
    renderUi(<PeoplePage />);
    expect(await screen.findByRole("row", { name: /陈嘉豪.*客户经理 华东组 214 家 使用中/ })).toBeInTheDocument();
    expect(screen.getByRole("row", { name: /赵一鸣.*待接受邀请/ })).toBeInTheDocument();
  });

  it("are invited by a link that is shown once", async () => {
    const asked = serve({
      ...answers,
      [`POST ${PEOPLE}`]: { person: personOf({ name: "吴佳怡" }), invite_url: "https://liuke.example/invite/t-1" },
    });
    renderUi(<PeoplePage />);
    await userEvent.click(await screen.findByRole("button", { name: "邀请成员" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByRole("button", { name: "生成邀请链接" })).toBeDisabled();
    await fill("姓名", "吴佳怡");
    await fill("邮箱", "wu@example.com");
    await userEvent.click(dialog.getByRole("button", { name: "生成邀请链接" }));
    expect(await dialog.findByText("https://liuke.example/invite/t-1")).toBeInTheDocument();
    expect(sent(asked, `POST ${PEOPLE}`)).toEqual([
      { name: "吴佳怡", email: "wu@example.com", role: "manager", team_id: null },
    ]);
  });

  it("keep the form when the address is already a member", async () => {
    serve({ ...answers, [`POST ${PEOPLE}`]: refuse(409, "already_member", "已经是成员") });
    renderUi(<PeoplePage />);
    await userEvent.click(await screen.findByRole("button", { name: "邀请成员" }));
    await screen.findByRole("dialog");
    await fill("姓名", "陈嘉豪");
    await fill("邮箱", "chen@example.com");
    await userEvent.click(screen.getByRole("button", { name: "生成邀请链接" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("已经是成员");
  });

  it("hand their customers over before they leave", async () => {
    const asked = serve({ ...answers, [`PATCH ${PEOPLE}/2`]: personOf({ is_active: false }) });
    renderUi(<PeoplePage />);
    const dialog = await edit("陈嘉豪");
    await userEvent.click(dialog.getByRole("switch"));
    expect(dialog.getByText(/名下有 214 个客户/)).toBeInTheDocument();
    expect(dialog.getByRole("button", { name: "保存" })).toBeDisabled();
    await userEvent.click(dialog.getByLabelText("客户交接给"));
    await userEvent.click(await screen.findByTitle("赵一鸣"));
    await userEvent.click(dialog.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `PATCH ${PEOPLE}/2`)).toEqual([
        { role: "manager", team_id: 1, is_active: false, successor_id: 3 },
      ]),
    );
  });

  it("get a fresh link when the first one was lost", async () => {
    serve({
      ...answers,
      [`POST ${PEOPLE}/3/invite`]: { person: people[2], invite_url: "https://liuke.example/invite/t-2" },
    });
    renderUi(<PeoplePage />);
    const dialog = await edit("赵一鸣");
    await userEvent.click(dialog.getByRole("button", { name: "重新生成邀请链接" }));
    expect(await dialog.findByText("https://liuke.example/invite/t-2")).toBeInTheDocument();
  });

  it("are closed to other roles", () => {
    serve({});
    renderUi(<PeoplePage />, { workspace: workspaceOf({ role: "operations", permissions: ["publish"] }) });
    expect(screen.getByText("没有权限查看")).toBeInTheDocument();
  });
});

describe("teams", () => {
  it("are made, renamed and deleted", async () => {
    const asked = serve({
      ...answers,
      [`POST ${TEAMS}`]: teams[0],
      [`PATCH ${TEAMS}/1`]: teams[0],
      [`DELETE ${TEAMS}/1`]: { ok: true },
    });
    renderUi(<PeoplePage />);
    await screen.findByLabelText("团队名称:华东组");
    await fill("新团队名称", "华南组");
    await userEvent.click(screen.getByRole("button", { name: "添加" }));
    await waitFor(() => expect(sent(asked, `POST ${TEAMS}`)).toEqual([{ name: "华南组" }]));
    await fill("团队名称:华东组", "华东一组");
    await userEvent.tab();
    await waitFor(() => expect(sent(asked, `PATCH ${TEAMS}/1`)).toEqual([{ name: "华东一组" }]));
    await userEvent.click(screen.getByRole("button", { name: "删除" }));
    await userEvent.click(await screen.findByRole("button", { name: /确 ?定/ }));
    await waitFor(() => expect(sent(asked, `DELETE ${TEAMS}/1`)).toHaveLength(1));
  });

  it("explain what they are for when there are none", async () => {
    serve({ ...answers, [`GET ${TEAMS}`]: [] });
    renderUi(<PeoplePage />);
    expect(await screen.findByText("还没有团队")).toBeInTheDocument();
  });
});
