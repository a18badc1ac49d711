import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { ModelPage } from "./ModelPage";
import { definition, pageOf, previewOf, rowOf, versionOf } from "./testing/modelOf";

vi.mock("@/shared/ui/Chart", () => ({
  Chart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const MODEL = "/api/v1/w/demo/model";
const answers = {
  [`GET ${MODEL}`]: pageOf(),
  [`POST ${MODEL}/preview`]: previewOf(),
  [`GET ${MODEL}/versions/2`]: versionOf(),
  [`PUT ${MODEL}/settings`]: pageOf().setting,
  [`POST ${MODEL}/train`]: rowOf({ number: 3, status: "training" }),
  [`POST ${MODEL}/versions/2/publish`]: { version: rowOf({ status: "live" }), job: null },
  [`POST ${MODEL}/versions/2/shadow`]: rowOf({ status: "shadow" }),
  [`POST ${MODEL}/versions/2/weights`]: { version: 5 },
};
const open = (at = "/w/demo/model") =>
  renderUi(<ModelPage />, { at, path: "/w/:slug/model/:number?", workspace: workspaceOf() });

describe("模型页", () => {
  it("says the stage, what is missing, and what the definition finds", async () => {
    serve(answers);
    open();
    const preview = await screen.findByRole("region", { name: "这样定义会找到什么" });
    expect(await within(preview).findByText("已流失的客户 120 位，需要 200 位")).toBeInTheDocument();
    expect(within(preview).getByText("校准")).toHaveAttribute("aria-current", "step");
    expect(within(preview).getByRole("img", { name: "每个时点的流失比例" })).toBeInTheDocument();
    expect(within(preview).getByText(/沉默满 240 天/)).toBeInTheDocument();
  });

  it("asks again a moment after the definition changed, and keeps it", async () => {
    const asked = serve(answers);
    open();
    const horizon = await screen.findByLabelText("观察期");
    await userEvent.clear(horizon);
    await userEvent.type(horizon, "60");
    await waitFor(
      () => expect(sent(asked, `POST ${MODEL}/preview`).at(-1)).toEqual({ ...definition, horizon_days: 60 }),
      {
        timeout: 3000,
      },
    );
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `PUT ${MODEL}/settings`)).toEqual([
        { definition: { ...definition, horizon_days: 60 }, target: 0.85, retrain: true },
      ]),
    );
  });

  it("shows a version beside plain ways to do the same", async () => {
    serve(answers);
    open();
    const table = await screen.findByRole("region", { name: "同样的客户、同样的时点" });
    expect(within(table).getByRole("row", { name: /组合模型 0.773/ })).toBeInTheDocument();
    expect(within(table).getByRole("row", { name: /只看多久没来 0.670/ })).toBeInTheDocument();
    expect(screen.getByText("以现有数据达不到")).toBeInTheDocument();
  });

  it("trains, and publishes only after a question that tells of the shadow", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: "训练新模型" }));
    await waitFor(() => expect(sent(asked, `POST ${MODEL}/train`)).toHaveLength(1));
    const row = await screen.findByRole("row", { name: /v2/ });
    await userEvent.click(within(row).getByRole("button", { name: /发\s?布/ }));
    const tick = await screen.findByRole("checkbox", { name: /影子期还差 14 天/ });
    await userEvent.click(tick);
    const questions = screen.getAllByRole("button", { name: /发\s?布/ });
    await userEvent.click(questions.at(-1) as HTMLElement);
    await waitFor(() => expect(sent(asked, `POST ${MODEL}/versions/2/publish`)).toEqual([{ early: true }]));
  });

  it("puts the ticked weights and the seasons into a draft", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("checkbox", { name: "常来" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "一并采纳为季节设置" }));
    await userEvent.click(screen.getByRole("button", { name: "采纳到草稿" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${MODEL}/versions/2/weights`)).toEqual([{ codes: ["SIG-09"], seasons: true }]),
    );
  });

  it("changes nothing for those who may not", async () => {
    serve({ ...answers, [`GET ${MODEL}`]: pageOf({ may_publish: false }) });
    open();
    await screen.findByRole("row", { name: /v2/ });
    expect(screen.queryByRole("button", { name: "训练新模型" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /发\s?布|停\s?用/ })).not.toBeInTheDocument();
    expect(screen.getByLabelText("观察期")).toBeDisabled();
  });

  it("says why a version was refused, and how far a training is", async () => {
    const job = {
      id: 7, kind: "model_train", status: "running" as const, progress: 0.4, stage: "训练最终模型", result: null, error: null,
      created_at: "2011-09-10T00:00:00Z", finished_at: null,
    }; // biome-ignore format: one line each is longer than it helps
    const versions = [
      rowOf({ number: 4, status: "training", rows: 0, auc: null, job }),
      rowOf({ number: 3, status: "refused", objections: ["校准斜率 0.5 超出 0.8–1.25"] }),
    ];
    serve({
      ...answers,
      [`GET ${MODEL}`]: pageOf({ versions }),
      [`GET ${MODEL}/versions/3`]: versionOf({ number: 3 }),
    });
    open("/w/demo/model/3");
    expect(await screen.findByText("校准斜率 0.5 超出 0.8–1.25")).toBeInTheDocument();
    expect(screen.getByRole("progressbar", { name: "训练最终模型" })).toHaveAttribute("aria-valuenow", "40");
    expect(screen.getByRole("button", { name: "正在训练" })).toBeDisabled();
  });

  it("compares the shadow with the score in use", async () => {
    const shadow = [
      {
        day: "2011-09-10",
        customers: 300,
        levels: [
          [200, 20, 0, 0],
          [0, 50, 0, 0],
          [0, 0, 20, 0],
          [0, 0, 0, 10],
        ],
        agree: 0.93,
        rank: 0.8,
        apart: [{ customer_id: 9, name: "宁波瑞安", used: 40, shadow: 92 }],
      },
    ];
    serve({ ...answers, [`GET ${MODEL}/versions/2`]: versionOf({ status: "shadow", shadow }) });
    open();
    expect(await screen.findByRole("link", { name: "宁波瑞安" })).toHaveAttribute("href", "/w/demo/customers/9");
    expect(screen.getByText(/等级一致 93/)).toBeInTheDocument();
  });

  it("tells an empty workspace where to begin, and a failure with another try", async () => {
    serve({
      ...answers,
      [`GET ${MODEL}`]: pageOf({ versions: [] }),
      [`POST ${MODEL}/preview`]: previewOf({ origins: [], curve: [] }),
    });
    open();
    expect(await screen.findByText("还没有训练过")).toBeInTheDocument();
    expect(await screen.findByText("历史太短")).toBeInTheDocument();
  });

  it("shows what the server says where the preview is not for this role", async () => {
    serve({
      ...answers,
      [`POST ${MODEL}/preview`]: refuse(403, "model_scope", "全公司的统计只给能看到全部客户的角色"),
    });
    open();
    expect(await screen.findByText("全公司的统计只给能看到全部客户的角色")).toBeInTheDocument();
  });
});
