import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { stageNode } from "../testing/stage";
import { missingOf } from "../tree/complete";
import { emptyFollow, emptySwing, type Follow, type Swing } from "../tree/syntax";
import type { Builder } from "./BuilderContext";
import { FollowRow } from "./FollowRow";
import { SwingRow } from "./SwingRow";

const follow = (change: Partial<Follow> = {}) => ({ ...emptyFollow(), id: "f", ...change });
const swing = (change: Partial<Swing> = {}) => ({ ...emptySwing(), id: "s", ...change });
const openFollow = (change: Partial<Follow> = {}, state: Partial<Builder> = {}) =>
  stageNode(follow(change), (node) => <FollowRow follow={node} />, state);
const openSwing = (change: Partial<Swing> = {}, state: Partial<Builder> = {}) =>
  stageNode(swing(change), (node) => <SwingRow swing={node} />, state);
const node = (seen: { tree: { when: { parts: readonly unknown[] } } }) => seen.tree.when.parts[0];
async function pick(list: string, label: string) {
  await userEvent.click(screen.getByLabelText(list, { selector: "input" }));
  const found = await screen.findAllByText(label, { selector: ".ant-select-item-option-content" });
  await userEvent.click(found.at(-1) as HTMLElement);
}

describe("RUL-01 one thing after another", () => {
  it("takes what comes first, what follows and within how long", async () => {
    const seen = openFollow();
    await pick("先发生", "询价");
    await pick("随后", "下单");
    await fill("时限", "21");
    await fill("观察期", "60");
    expect(node(seen)).toEqual(
      follow({ first: ["quote.requested"], second: ["order.placed"], within_days: 21, last_days: 60 }),
    );
  });

  it("asks whether the second happened or did not, the latter at first", async () => {
    const seen = openFollow();
    expect(screen.getByLabelText("是否发生")).toHaveValue("no");
    await userEvent.selectOptions(screen.getByLabelText("是否发生"), "发生了");
    expect(node(seen)).toMatchObject({ happens: true });
  });

  it("takes several kinds at either place, and lets go of one", async () => {
    const seen = openFollow({ first: ["quote.requested"] });
    await pick("先发生", "下单");
    expect(node(seen)).toMatchObject({ first: ["quote.requested", "order.placed"] });
    await pick("先发生", "询价");
    expect(node(seen)).toMatchObject({ first: ["order.placed"] });
  });

  it("is undone field by field, not digit by digit", async () => {
    const seen = openFollow();
    await userEvent.clear(screen.getByLabelText("时限"));
    await userEvent.type(screen.getByLabelText("时限"), "28");
    await userEvent.selectOptions(screen.getByLabelText("是否发生"), "发生了");
    expect(seen.tags).toEqual(["f.within_days", "f.within_days", "f.within_days", "f.happens"]);
  });

  it("keeps an emptied period as missing instead of guessing one", async () => {
    const seen = openFollow();
    await fill("观察期", "");
    expect(node(seen)).toMatchObject({ last_days: null });
  });

  it("says what the server finds wrong, at this row", () => {
    const fault = { field: "within_days", message: "最多 365 天" };
    openFollow({}, { faults: new Map([["f", [fault]]]) as unknown as Builder["faults"] });
    const row = screen.getByLabelText("先后顺序");
    expect(within(row).getByRole("alert")).toHaveTextContent("最多 365 天");
    expect(row).toHaveClass("wrong");
  });
});

describe("a rise and then a drop", () => {
  it("takes both as percents and keeps shares", async () => {
    const seen = openSwing();
    expect(screen.getByLabelText("先上升至少")).toHaveValue("50");
    await fill("先上升至少", "80");
    await fill("再下降至少", "37.5");
    expect(node(seen)).toMatchObject({ rise: 0.8, drop: 0.375 });
  });

  it("takes the activity and the weeks in which it is looked for", async () => {
    const seen = openSwing();
    await pick("行为", "下单");
    await fill("观察周数", "26");
    expect(node(seen)).toMatchObject({ kinds: ["order.placed"], weeks: 26 });
  });

  it("says what is missing only when somebody tried to save", () => {
    const tree = { when: { id: "g", kind: "group" as const, join: "all" as const, parts: [swing()] }, exclude: null };
    const missing = missingOf(tree, () => undefined);
    expect([...missing.keys()]).toEqual(["s"]);
    openSwing({}, { missing });
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  it("says then what is missing", () => {
    const tree = { when: { id: "g", kind: "group" as const, join: "all" as const, parts: [swing()] }, exclude: null };
    openSwing({}, { missing: missingOf(tree, () => undefined), strict: true });
    expect(screen.getByRole("alert")).not.toBeEmptyDOMElement();
  });

  it("is copied and taken out like every other condition", async () => {
    const seen = openSwing();
    await userEvent.click(screen.getByLabelText("复制 先激增后骤降"));
    expect(seen.tree.when.parts).toHaveLength(2);
    await userEvent.click(screen.getByLabelText("删除 先激增后骤降"));
    expect(seen.tree.when.parts).toHaveLength(1);
    expect(node(seen)).toMatchObject({ kind: "swing", weeks: 13 });
  });
});
