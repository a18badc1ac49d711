import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { listenForToasts } from "@/shared/ui/notify";
import { SwitchButtons } from "./SwitchButtons";
import { playbookOf } from "./testing/fixtures";
import type { Playbook } from "./types";

const ONE = "/api/v1/w/demo/playbooks/5";
const steps = ["enabled", "pause", "resume", "stop"];
const open = (change: Partial<Playbook> = {}, answer: unknown = playbookOf()) => {
  const asked = serve(Object.fromEntries(steps.map((step) => [`POST ${ONE}/${step}`, answer])));
  renderUi(<SwitchButtons playbook={playbookOf(change)} />);
  return asked;
};
const labels = () => screen.queryAllByRole("button").map(({ textContent }) => textContent);

afterEach(() => listenForToasts(() => undefined));

describe("starting and stopping a flow", () => {
  it.each([
    ["a running one is paused, switched off or stopped", {}, ["暂停", "停用", "终止"]],
    ["a paused one goes on instead", { paused_at: "2011-09-08T02:00:00Z" }, ["继续", "停用", "终止"]],
    ["one that is off can only be switched on", { enabled: false }, ["启用"]],
    ["one that was never published has nothing to switch", { live: null }, []],
    ["an archived one has nothing to switch", { archived: true }, []],
  ])("offers what makes sense: %s", (_says, change, wanted) => {
    open(change);
    expect(labels()).toEqual(wanted);
  });

  it.each([
    ["暂停", "暂停后流程中的 12 家停在原处，不进新客户，确定暂停？", "pause", undefined],
    ["停用", "停用后不再进入新客户，流程中的 12 家保留位置，确定停用？", "enabled", { enabled: false }],
    ["终止", "终止后流程中的 12 家全部退出，确定终止？", "stop", undefined],
  ])("%s asks back with how many customers it concerns", async (label, question, step, body) => {
    const asked = open();
    await userEvent.click(screen.getByText(label));
    expect(await screen.findByText(question)).toBeInTheDocument();
    expect(asked).toHaveLength(0);
    await userEvent.click(screen.getByText("确定"));
    await waitFor(() => expect(sent(asked, `POST ${ONE}/${step}`)).toEqual([body]));
  });

  it.each([
    ["继续", { paused_at: "2011-09-08T02:00:00Z" }, "resume", undefined],
    ["启用", { enabled: false }, "enabled", { enabled: true }],
  ])("%s needs no question, since nobody loses anything", async (label, change, step, body) => {
    const told: string[] = [];
    listenForToasts(({ text }) => told.push(text));
    const asked = open(change);
    await userEvent.click(screen.getByText(label));
    await waitFor(() => expect(sent(asked, `POST ${ONE}/${step}`)).toEqual([body]));
    await waitFor(() => expect(told).toEqual(["已更新"]));
  });

  it("claims nothing when the server refused", async () => {
    const told: string[] = [];
    listenForToasts(({ text }) => told.push(text));
    const asked = open({ enabled: false }, refuse(409, "playbook", "没有已发布的版本"));
    await userEvent.click(screen.getByText("启用"));
    await waitFor(() => expect(asked).toHaveLength(1));
    await waitFor(() => expect(screen.getByRole("button")).not.toHaveClass("ant-btn-loading"));
    expect(told).not.toContain("已更新");
  });
});
