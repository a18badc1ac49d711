import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { draftOf } from "../flow/draft";
import { playbookOf } from "../testing/fixtures";
import { runOf, simulationOf } from "../testing/people";
import type { Playbook } from "../types";
import { PublishDialog } from "./PublishDialog";
import { useSavingDraft } from "./useSavingDraft";

const BASE = "/api/v1/w/demo/playbooks";
const [SAVE, PUBLISH, ENABLE] = [`PUT ${BASE}/5/draft`, `POST ${BASE}/5/publish`, `POST ${BASE}/5/enabled`];
const third = playbookOf({ live: { ...(playbookOf().live as NonNullable<Playbook["live"]>), number: 3 } });
const answers = {
  [`POST ${BASE}/simulations`]: runOf({ status: "queued" }),
  [`GET ${BASE}/simulations/3`]: runOf({ result: simulationOf() }),
  [SAVE]: playbookOf(),
  [PUBLISH]: third,
  [ENABLE]: third,
};
const onDone = vi.fn();

function Dialog({ playbook }: { playbook: Playbook }) {
  const draft = draftOf(playbook);
  const saving = useSavingDraft(playbook, draft, draft);
  return <PublishDialog playbook={playbook} draft={draft} saving={saving} onClose={() => undefined} onDone={onDone} />;
}

const open = (change: Partial<Playbook> = {}, more: Record<string, unknown> = {}) => {
  onDone.mockClear();
  const asked = serve({ ...answers, ...more });
  renderUi(<Dialog playbook={playbookOf(change)} />);
  return asked;
};
const publish = async () => userEvent.click(await screen.findByText("发布", { selector: "button *" }));
const posts = (asked: ReturnType<typeof open>) =>
  asked.map(({ method, path }) => `${method} ${path}`).filter((call) => !call.includes("/simulations"));

describe("publishing a flow", () => {
  it("BEY-02 says before it happens how many would enter and how many are held out", async () => {
    open();
    expect(screen.getByText("正在计算将有多少客户进入")).toBeInTheDocument();
    expect(
      await screen.findByText("按现在的数据，将有 44 家执行流程，5 家留作对照组、不做任何动作。"),
    ).toBeInTheDocument();
    expect(screen.getByText("将替换第 2 版，已在流程中的客户按原版本走完")).toBeInTheDocument();
  });

  it("can be published although the count fails, and says that it did", async () => {
    const asked = open({}, { [`POST ${BASE}/simulations`]: refuse(500, "broken") });
    expect(await screen.findByText("暂时算不出将有多少客户进入")).toBeInTheDocument();
    await publish();
    await waitFor(() => expect(sent(asked, PUBLISH)).toHaveLength(1));
  });

  it("shows how far the count is and stops it, and publishing does not wait", async () => {
    let status: "running" | "cancelled" = "running";
    const asked = open(
      {},
      {
        [`GET ${BASE}/simulations/3`]: () => runOf({ status, progress: 0.4, stage: "第 1 天" }),
        [`POST ${BASE}/simulations/3/cancel`]: () => {
          status = "cancelled";
          return runOf({ status });
        },
      },
    );
    expect(await screen.findByText("第 1 天")).toBeInTheDocument();
    await userEvent.click(screen.getByText("停止推演"));
    expect(await screen.findByText("暂时算不出将有多少客户进入")).toBeInTheDocument();
    expect(sent(asked, `POST ${BASE}/simulations/3/cancel`)).toHaveLength(1);
    await publish();
    await waitFor(() => expect(sent(asked, PUBLISH)).toHaveLength(1));
  });

  it("asks for one day and one customer: only who enters is counted", async () => {
    const asked = open();
    await screen.findByText(/将有 44 家执行流程/);
    expect(sent(asked, `POST ${BASE}/simulations`)).toMatchObject([{ playbook_id: 5, days: 1, limit: 1, response: 0 }]);
  });

  it("saves first, then publishes with the note, and does not switch on what is on", async () => {
    const asked = open();
    await fill("改动说明", "缩短等待");
    await publish();
    await waitFor(() => expect(onDone).toHaveBeenCalledWith(third));
    expect(posts(asked)).toEqual([SAVE, PUBLISH]);
    expect(sent(asked, PUBLISH)).toEqual([{ note: "缩短等待" }]);
    expect(screen.queryByLabelText("发布后立即启用")).not.toBeInTheDocument();
  });

  it("switches on what is off, unless that is not wished", async () => {
    const asked = open({ enabled: false }, { [PUBLISH]: playbookOf({ enabled: false }) });
    expect(screen.getByLabelText("发布后立即启用")).toBeChecked();
    await publish();
    await waitFor(() => expect(onDone).toHaveBeenCalledWith(third));
    expect(sent(asked, ENABLE)).toEqual([{ enabled: true }]);
  });

  it("leaves it off where the box is not ticked", async () => {
    const asked = open({ enabled: false }, { [PUBLISH]: playbookOf({ enabled: false }) });
    await userEvent.click(screen.getByLabelText("发布后立即启用"));
    await publish();
    await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
    expect(sent(asked, ENABLE)).toEqual([]);
  });

  it("does not publish what could not be saved", async () => {
    const asked = open({}, { [SAVE]: refuse(409, "playbook_changed", "别人刚刚改过这个流程") });
    await publish();
    expect(await screen.findByText("别人刚刚改过这个流程")).toBeInTheDocument();
    expect(sent(asked, PUBLISH)).toEqual([]);
    expect(onDone).not.toHaveBeenCalled();
  });

  it("stays open with the reason when the server does not publish", async () => {
    open({}, { [PUBLISH]: refuse(422, "playbook", "步骤缺少模板") });
    await publish();
    expect(await screen.findByText("步骤缺少模板")).toBeInTheDocument();
    expect(onDone).not.toHaveBeenCalled();
  });
});
