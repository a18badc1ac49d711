import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { words as en } from "@/locales/en";
import { words as zh } from "@/locales/zh-CN";
import { address, renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { HelpButton } from "./HelpButton";
import { HelpDrawer } from "./HelpDrawer";
import { asksForHelp, TERMS, TOPICS, topicAt, topicOf } from "./help.logic";

const open = (at = "/w/demo/alerts") =>
  renderUi(
    <>
      <HelpButton />
      <HelpButton topic="glossary" words />
      <input aria-label="备注" />
      <HelpDrawer />
    </>,
    { at, path: "/w/:slug/*" },
  );

describe("NCD-03 help in the product", () => {
  beforeEach(() => void serve({}));

  it("explains an alert: direction, levels, reasons, confidence, verdicts and what to do", async () => {
    open();
    await userEvent.click(screen.getByRole("button", { name: "帮助（快捷键 ?）" }));
    const help = await screen.findByRole("dialog", { name: "帮助" });
    const heads = within(help)
      .getAllByRole("heading", { level: 3 })
      .map((head) => head.textContent);
    expect(heads).toEqual([zh.common.score.note, "级别", "原因", "可信度", "判定", "怎么办"]);
    expect(within(help).getByText("高危预警：90 分以上")).toBeVisible();
    expect(address()).toContain("help=alert");
  });

  it("opens by the key ? on the page's topic and closes by ? again", async () => {
    open("/w/demo/rules/7");
    await userEvent.keyboard("?");
    expect(await screen.findByRole("button", { name: "怎么看规则", pressed: true })).toBeVisible();
    await userEvent.keyboard("?");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("leaves the key alone where people type", async () => {
    open();
    await userEvent.type(screen.getByLabelText("备注"), "为什么?");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect(screen.getByLabelText("备注")).toHaveValue("为什么?");
  });

  it("closes by Escape and keeps the rest of the address", async () => {
    open("/w/demo/alerts?tab=mine&help=alert");
    await screen.findByRole("dialog", { name: "帮助" });
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(address()).toBe("/w/demo/alerts?tab=mine"));
  });

  it("has the words of the glossary and changes topic", async () => {
    open("/w/demo/alerts?help=glossary");
    expect(await screen.findByText("存量风险清单")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "怎么看回测" }));
    expect(await screen.findByText(/提升倍数：准确率 ÷ 流失基准率/)).toBeVisible();
  });
});

describe("the help's topics", () => {
  it("have a text for every section and term in both languages", () => {
    for (const words of [zh, en]) {
      const help = words.help as unknown as Record<string, Record<string, string>>;
      for (const [topic, sections] of Object.entries(TOPICS))
        for (const section of sections) expect(help[topic]?.[section], `${topic}.${section}`).toBeTruthy();
      for (const term of TERMS) expect(help.glossary?.[`${term}Title`], term).toBeTruthy();
    }
  });

  it("follow the page", () => {
    expect(topicAt("/w/demo/rules/new")).toBe("rule");
    expect(topicAt("/w/demo/scoring")).toBe("backtest");
    expect(topicAt("/w/demo/customers/3")).toBe("alert");
    expect(topicOf("rule")).toBe("rule");
    expect(topicOf("nothing")).toBeNull();
  });

  it("are not asked for with a modifier", () => {
    const key = { key: "?", ctrlKey: false, metaKey: false, altKey: false, target: document.body };
    expect(asksForHelp(key)).toBe(true);
    expect(asksForHelp({ ...key, ctrlKey: true })).toBe(false);
    expect(asksForHelp({ ...key, key: "/" })).toBe(false);
  });
});
