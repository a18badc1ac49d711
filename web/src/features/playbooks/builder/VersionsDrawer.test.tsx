import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { playbookOf } from "../testing/fixtures";
import type { Playbook, Version } from "../types";
import { VersionsDrawer } from "./VersionsDrawer";

const LIST = "GET /api/v1/w/demo/playbooks/5/versions";
const RESTORE = "POST /api/v1/w/demo/playbooks/5/versions/1/restore";
const version = (number: number, status: Version["status"], note = ""): Version => ({
  ...(playbookOf().live as Version),
  number,
  status,
  note,
});
const versions = [version(3, "draft"), version(2, "published", "缩短等待"), version(1, "retired")];
const open = (mayRestore = true, answers: Record<string, unknown> = {}) => {
  const asked = serve({ [LIST]: versions, [RESTORE]: playbookOf({ name: "第一版的" }), ...answers });
  const onRestored = vi.fn<(playbook: Playbook) => void>();
  const onClose = vi.fn();
  renderUi(<VersionsDrawer playbook={playbookOf()} open onClose={onClose} {...(mayRestore && { onRestored })} />);
  return { asked, onRestored, onClose };
};

describe("a flow's versions", () => {
  it("say which they are, and when, by whom and why they came", async () => {
    open();
    expect(await screen.findByText("第 2 版")).toBeInTheDocument();
    expect(screen.getByText(/缩短等待/)).toHaveTextContent("林晓雯 2011-09-01 03:00 缩短等待");
    expect(["草稿", "已发布", "历史版本"].every((word) => screen.queryByText(word))).toBe(true);
  });

  it("can be the draft again, except the draft itself", async () => {
    open();
    expect(await screen.findByLabelText("恢复第 1 版为草稿")).toBeInTheDocument();
    expect(screen.getByLabelText("恢复第 2 版为草稿")).toBeInTheDocument();
    expect(screen.queryByLabelText("恢复第 3 版为草稿")).not.toBeInTheDocument();
  });

  it("are restored after a question, since the draft is lost by it", async () => {
    const { asked, onRestored, onClose } = open();
    await userEvent.click(await screen.findByLabelText("恢复第 1 版为草稿"));
    expect(await screen.findByText("当前草稿会被替换，确定恢复？")).toBeInTheDocument();
    expect(sent(asked, RESTORE)).toEqual([]);
    await userEvent.click(screen.getByText("确定"));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRestored.mock.calls[0]?.[0].name).toBe("第一版的");
  });

  it("stay to be read where nothing may be restored", async () => {
    open(false);
    await screen.findByText("第 2 版");
    expect(screen.queryByText("恢复为草稿")).not.toBeInTheDocument();
  });

  it("offer to try again when they cannot be read", async () => {
    let broken = true;
    open(true, { [LIST]: () => (broken ? refuse(500, "broken", "数据库忙") : versions) });
    expect(await screen.findByText("数据库忙")).toBeInTheDocument();
    broken = false;
    await userEvent.click(screen.getByText("重试"));
    expect(await screen.findByText("第 2 版")).toBeInTheDocument();
  });
});
