import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { makeQueryClient } from "../api/queryClient";
import { failure, jobOf, workspaceOf } from "../testing/fixtures";
import { renderUi } from "../testing/renderUi";
import { serve } from "../testing/server";
import { listenForToasts, type Toast } from "../ui/notify";
import { useBands, useCan, useSeesCustomers, useTo } from "./SessionContext";
import { useFormat } from "./useFormat";
import { type Job, useJob } from "./useJob";
import { staleAfter } from "./useLiveEvents";

describe("formats bound to the workspace", () => {
  function Sample() {
    const format = useFormat();
    const texts = [
      format.money(86_400),
      format.moneyExact(12.5),
      format.customers(1204),
      format.day("2011-09-09T23:30:00Z"),
      format.dayTime("2011-09-09T23:30:00Z"),
      format.ago("2011-09-06T23:00:00Z"),
      format.daysUntil("2011-09-25"),
      format.isToday("2011-09-10T11:00:00Z") ? "今天" : "别的天",
    ];
    return <p>{texts.join(" | ")}</p>;
  }

  it("use its currency, zone, clock and counting word", () => {
    renderUi(<Sample />);
    expect(
      screen.getByText("£8.6 万 | £12.50 | 1,204 家 | 2011-09-10 | 2011-09-10 00:30 | 3 天前 | 15 | 今天"),
    ).toBeInTheDocument();
  });

  it("follow another workspace", () => {
    renderUi(<Sample />, {
      workspace: workspaceOf({ currency: "CNY", time_zone: "Asia/Shanghai", counting_word: "位" }),
    });
    expect(screen.getByText(/^¥8.6 万 \| ¥12.50 \| 1,204 位 \| 2011-09-10 \| 2011-09-10 07:30/)).toBeInTheDocument();
  });
});

describe("what the role may do", () => {
  function Rights() {
    const can = useCan();
    const to = useTo();
    return <p>{[can("assign"), useSeesCustomers(), to("/alerts"), useBands().high].join(" ")}</p>;
  }

  it("comes from the session", () => {
    renderUi(<Rights />, { workspace: workspaceOf({ permissions: ["handle"], scope: "own" }) });
    expect(screen.getByText("false true /w/demo/alerts 90")).toBeInTheDocument();
  });

  it("must not be asked outside of a workspace", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(() => renderUi(<Rights />, { workspace: null as unknown as ReturnType<typeof workspaceOf> })).not.toThrow();
    expect(screen.queryByText(/true/)).not.toBeInTheDocument();
    vi.restoreAllMocks();
  });
});

describe("background work", () => {
  function Follow({ onEnd }: { onEnd: (job: Job) => void }) {
    const job = useJob(5, onEnd);
    return <p>{job ? `${job.status} ${job.progress}` : "…"}</p>;
  }

  it("is followed until it ends, and the end is told once", async () => {
    const states = [
      jobOf({ progress: 0.2 }),
      jobOf({ progress: 0.7 }),
      jobOf({ status: "failed", progress: 0.7, error: failure("磁盘满了") }),
    ];
    const asked = serve({ "GET /api/v1/w/demo/jobs/5": () => (states.length > 1 ? states.shift() : states[0]) });
    const onEnd = vi.fn();
    renderUi(<Follow onEnd={onEnd} />);
    expect(await screen.findByText("running 0.2")).toBeInTheDocument();
    expect(await screen.findByText("failed 0.7")).toBeInTheDocument();
    await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(onEnd.mock.calls[0]?.[0]).toMatchObject({ error: { message: "磁盘满了" } });
    expect(asked).toHaveLength(3);
  });
});

describe("live events", () => {
  it("make stale what they are about", () => {
    expect(staleAfter("notice")).toContain("/notices");
    expect(staleAfter("job")).toContain("/imports");
    expect(staleAfter("changed")).toBeUndefined();
  });
});

describe("changes that fail", () => {
  const run = async (meta: { quiet?: boolean }) => {
    const toasts: Toast[] = [];
    const stop = listenForToasts((toast) => toasts.push(toast));
    const client: QueryClient = makeQueryClient();
    renderUi(<QueryClientProvider client={client}>{null}</QueryClientProvider>);
    const change = client.getMutationCache().build(client, {
      meta,
      retry: false,
      mutationFn: () => Promise.reject({ code: "conflict", message: "别人刚刚改过" }),
    });
    await change.execute(undefined).catch(() => undefined);
    stop();
    return toasts.map(({ tone, text }) => `${tone} ${text}`);
  };

  it("are said in a toast, unless the page says it itself", async () => {
    expect(await run({})).toEqual(["bad 别人刚刚改过"]);
    expect(await run({ quiet: true })).toEqual([]);
  });
});
