import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { draftOf } from "../draft.logic";
import { ruleOf } from "../testing/fixtures";
import { type Asking, PublishModal } from "./PublishModal";
import type { Saving } from "./useSaving";

const [TRIAL, PUBLISH] = ["POST /api/v1/w/demo/rules/7/trial", "POST /api/v1/w/demo/rules/7/publish"];
const rule = ruleOf();
const onDone = vi.fn();
const save = vi.fn();

interface Opened {
  asking?: Asking;
  enabled?: boolean;
  matched?: number | undefined;
  effects?: Partial<ReturnType<typeof draftOf>["effects"]>;
  answer?: unknown;
  saving?: Partial<Saving>;
}

const open = ({
  asking = "publish",
  enabled = true,
  matched,
  effects = {},
  answer = rule,
  saving = {},
}: Opened = {}) => {
  const asked = serve({ [TRIAL]: answer, [PUBLISH]: answer });
  onDone.mockClear();
  save.mockReset().mockResolvedValue(rule);
  const draft = draftOf(rule);
  renderUi(
    <PublishModal
      asking={asking}
      rule={ruleOf({ enabled })}
      draft={{ ...draft, effects: { ...draft.effects, ...effects } }}
      saving={{ save, busy: false, error: null, ...saving } as Saving}
      matched={matched}
      onClose={() => undefined}
      onDone={onDone}
    />,
  );
  return asked;
};
const press = (label: string) => userEvent.click(screen.getByText(label, { selector: "button *" }));

describe("publishing a rule", () => {
  it("says whom it concerns, what it will do and which version goes", () => {
    open({ matched: 27, effects: { notify: true, points: 5 } });
    expect(screen.getByText("发布后从下一次评分起生效，现在命中 27 家。")).toBeInTheDocument();
    expect(screen.getByText(/^命中后：中级预警、生成任务/)).toHaveTextContent("5");
    expect(screen.getByText("将替换第 1 版，现在命中 12 家。")).toBeInTheDocument();
  });

  it("does not make up a number that is not known yet", () => {
    open();
    expect(screen.getByText(/命中数还没有算出来/)).toBeInTheDocument();
  });

  it("says plainly of a rule without effects that it only counts", () => {
    open({ effects: { level: "none", work_item: false } });
    expect(screen.getByText("命中后：只统计命中，不预警也不建任务")).toBeInTheDocument();
  });

  it("warns that a rule which is off stays off", () => {
    open({ enabled: false });
    expect(screen.getByText("规则处于停用状态，发布后需要启用才会生效。")).toBeInTheDocument();
  });

  it("saves with the note first", async () => {
    const asked = open();
    await fill("改动说明", "收紧金额");
    await press("发布");
    await waitFor(() => expect(onDone).toHaveBeenCalledWith(rule));
    expect(save).toHaveBeenCalledWith("收紧金额");
    expect(sent(asked, PUBLISH)).toHaveLength(1);
  });

  it("does not publish what could not be saved", async () => {
    const asked = open();
    save.mockResolvedValue(undefined);
    await press("发布");
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(asked).toHaveLength(0);
    expect(onDone).not.toHaveBeenCalled();
  });

  it("stays open with the reason when the server refuses", async () => {
    open({ answer: refuse(403, "forbidden", "没有发布权限") });
    await press("发布");
    expect(await screen.findByText("没有发布权限")).toBeInTheDocument();
    expect(onDone).not.toHaveBeenCalled();
  });
});

describe("trying a rule", () => {
  it("promises that nothing is done, and so tells no effects and no replacement", () => {
    open({ asking: "trial", matched: 27 });
    expect(screen.getByText(/不预警、不建任务、不通知。现在命中 27 家。/)).toBeInTheDocument();
    expect(screen.queryByText(/命中后/)).not.toBeInTheDocument();
    expect(screen.queryByText(/将替换/)).not.toBeInTheDocument();
  });

  it("starts a trial, and publishes nothing", async () => {
    const asked = open({ asking: "trial" });
    await press("试运行");
    await waitFor(() => expect(sent(asked, TRIAL)).toHaveLength(1));
    expect(sent(asked, PUBLISH)).toEqual([]);
  });
});
