import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { catalogue } from "@/features/rules/testing/fixtures";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { setWidth } from "@/shared/testing/screenSize";
import { sent, serve } from "@/shared/testing/server";
import { ScoringPage } from "./ScoringPage";
import { config, preview, scoringOf, versionOf } from "./testing/fixtures";

const BASE = "/api/v1/w/demo/scoring";
const CALENDAR = "/api/v1/w/demo/calendar";
const period = {
  ref: "own:1",
  kind: "festival",
  name: "春节",
  start: "2027-02-01",
  end: "2027-02-14",
  tolerant: true,
  lunar: true,
  own: false,
  changed: false,
  removed: false,
};
const bigName = "大客户";
const withProfile = {
  ...config,
  profiles: [
    { name: bigName, when: { when: { all: [] }, exclude: null }, base: 40, bands: null, dimensions: {}, signals: {} },
  ],
};
const answers = {
  [`GET ${BASE}`]: scoringOf(),
  [`GET ${BASE}/versions`]: [versionOf(3, "published", { config: { ...config, base: 20 } }), versionOf(2, "retired")],
  [`GET ${BASE}/overrides`]: [
    {
      id: 9,
      customer: { id: 101, key: "C-1", name: "Rosewood Acre Market", name_is_sample: false },
      fixed: false,
      value: -10,
      reason: "刚签约",
      since: "2026-11-01T00:00:00Z",
      until: "2026-12-01T00:00:00Z",
      ended_at: null,
      holds: true,
      created_by: { id: 1, name: "林晓雯", team: null },
      ended_by: null,
    },
  ],
  [`POST ${BASE}/overrides/9/end`]: { id: 5, status: "queued" },
  [`POST ${BASE}/preview`]: { ...preview, profiles: { [bigName]: 31 } },
  "GET /api/v1/w/demo/rules/catalogue": catalogue,
  [`GET ${CALENDAR}`]: { year: 2026, periods: [period], missing_swaps: 2027 },
  [`POST ${CALENDAR}/periods`]: period,
  [`POST ${CALENDAR}/import`]: { periods: 3 },
};
const open = (tab: string, scoring = scoringOf()) => {
  const asked = serve({ ...answers, [`GET ${BASE}`]: scoring });
  renderUi(<ScoringPage />, { workspace: workspaceOf(), at: `/w/demo?tab=${tab}` });
  return asked;
};
const lastConfig = (asked: ReturnType<typeof serve>) =>
  (sent(asked, `POST ${BASE}/preview`).at(-1) as { config: Record<string, unknown> } | undefined)?.config;

describe("SCR-05 the two levels", () => {
  it("shows each dimension's share and sends its weight", async () => {
    const asked = open("weights");
    expect(await screen.findByTitle("「消费下降」在全部维度中的占比")).toHaveTextContent("100%");
    const weight = screen.getByRole("spinbutton", { name: "「消费下降」的维度权重" });
    await userEvent.clear(weight);
    await userEvent.type(weight, "1.5");
    await userEvent.tab();
    await waitFor(() => expect(lastConfig(asked)?.dimensions).toMatchObject({ consumption: { weight: 1.5 } }));
    expect(screen.getByText("计 42 分")).toBeInTheDocument();
  });

  it("undoes and redoes", async () => {
    open("weights");
    await userEvent.click(await screen.findByRole("switch", { name: "启用「下单金额下降」" }));
    expect(screen.getByRole("button", { name: "发布" })).toBeEnabled();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    expect(screen.getByRole("button", { name: "发布" })).toBeDisabled();
    await userEvent.click(screen.getByRole("button", { name: "重做" }));
    expect(screen.getByRole("button", { name: "发布" })).toBeEnabled();
  });
});

describe("SCR-02/03 profiles", () => {
  it("are added, named, given a base, and counted by the preview", async () => {
    const asked = open("profiles");
    await userEvent.click(await screen.findByRole("button", { name: "新增方案" }));
    const region = await screen.findByRole("region", { name: "方案 1" });
    await userEvent.type(within(region).getByLabelText("基础分"), "40");
    await userEvent.tab();
    await waitFor(() => expect(lastConfig(asked)?.profiles).toMatchObject([{ name: "方案 1", base: 40 }]));
    expect(await screen.findByText("31 家")).toBeInTheDocument();
  });

  it("may have bands of their own", async () => {
    const draft = versionOf(4, "draft", { config: withProfile });
    const asked = open("bands", scoringOf({ draft }));
    await userEvent.selectOptions(await screen.findByLabelText("适用客户"), bigName);
    await userEvent.click(screen.getByRole("switch", { name: "使用自己的分界" }));
    await waitFor(() =>
      expect(lastConfig(asked)?.profiles).toMatchObject([{ bands: { early: 50, medium: 70, high: 90 } }]),
    );
  });
});

describe("SCR-06 seasons", () => {
  it("take a period of the calendar and a factor", async () => {
    const asked = open("seasons");
    await userEvent.click(await screen.findByRole("button", { name: "新增时段" }));
    await userEvent.selectOptions(await screen.findByLabelText("日期"), "period");
    const factor = screen.getByRole("spinbutton", { name: /消费下降/ });
    await userEvent.clear(factor);
    await userEvent.type(factor, "0.5");
    await userEvent.tab();
    await waitFor(() =>
      expect(lastConfig(asked)?.seasons).toMatchObject([{ period: "春节", multipliers: { consumption: 0.5 } }]),
    );
  });
});

describe("SCR-07 the holiday calendar", () => {
  it("warns of missing swaps, lists periods and adds one", async () => {
    const asked = open("calendar");
    expect(await screen.findByText("还没有 2027 年的调休安排")).toBeInTheDocument();
    expect(screen.getByText("2027-02-01 – 2027-02-14")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "新增时段" }));
    await screen.findByLabelText("名称", {}, { timeout: 5000 });
    await fill("名称", "停产");
    await fill("从", "2026-08-01");
    await fill("到（含）", "2026-08-15");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${CALENDAR}/periods`)).toMatchObject([
        { kind: "shutdown", name: "停产", tolerant: true },
      ]),
    );
  });
});

describe("SCR-07 swapped days", () => {
  it("are imported from pasted text", async () => {
    const asked = open("calendar");
    await userEvent.click(await screen.findByRole("button", { name: "导入调休" }));
    await fill("或粘贴内容", "2027-01-01");
    const dialog = await screen.findByRole("dialog");
    await userEvent.click(within(dialog).getByRole("button", { name: "导入调休" }));
    await waitFor(() => expect(sent(asked, `POST ${CALENDAR}/import`)).toEqual([{ text: "2027-01-01" }]));
  });
});

describe("history", () => {
  it("shows what a version changed and who is adjusted by hand, and ends an adjustment after a question", async () => {
    const asked = open("history");
    await userEvent.click(await screen.findByRole("button", { name: "与第 2 版比较" }));
    expect(screen.getByRole("row", { name: "base 12 20" })).toBeInTheDocument();
    expect(screen.getByText("-10 分")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "提前结束" }));
    await userEvent.click(await screen.findByRole("button", { name: /确 ?定/ }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/overrides/9/end`)).toHaveLength(1));
  });
});

describe("on a phone", () => {
  it("everything reads and nothing is edited", async () => {
    setWidth(390);
    open("weights");
    expect(await screen.findByText(/手机上只供查看/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "发布" })).not.toBeInTheDocument();
    expect(screen.getByLabelText("基础分")).toBeDisabled();
    setWidth(1440);
  });
});

describe("SCR-09 the value tiers", () => {
  it("are told apart by rank or by amount, and what is typed as the top share is kept as the share below", async () => {
    const asked = open("bands");
    expect(await screen.findByLabelText("高价值：前 %")).toHaveValue("10");
    await fill("高价值：前 %", "4");
    await userEvent.tab();
    await waitFor(() => expect(lastConfig(asked)?.tiers).toEqual({ by: "percentile", high: 0.96, mid: 0.6 }));
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "划分方式" }), "按金额");
    await waitFor(() => expect(lastConfig(asked)?.tiers).toEqual({ by: "amount", high: 100_000, mid: 10_000 }));
  });

  it("say at once when the limits are upside down", async () => {
    open("bands");
    await screen.findByText("价值层级");
    await fill("中价值：前 %", "2");
    await userEvent.tab();
    expect(await screen.findByText("高价值的门槛必须高于中价值")).toBeVisible();
  });
});
