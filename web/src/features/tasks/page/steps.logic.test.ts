import { describe, expect, it } from "vitest";
import { mentionsIn, withMention } from "./comments.logic";
import { bodyOf, draftOf, effectTotal, isReady, moved, type StepDraft } from "./steps.logic";
import { stepOf } from "./testing/sheetOf";

const NOW = "2011-09-09T23:00:00Z";
const ZONE = "Europe/London";
const draft: StepDraft = {
  text: " 寄样品 ",
  owner: undefined,
  due: "2011-09-12",
  effect: "",
  amount: "",
  remind: "24",
};

describe("steps of a checklist", () => {
  it("move one place and stop at the ends", () => {
    const steps = [{ id: 1 }, { id: 2 }, { id: 3 }];
    expect(moved(steps, 2, -1)).toEqual([2, 1, 3]);
    expect(moved(steps, 2, 1)).toEqual([1, 3, 2]);
    expect(moved(steps, 1, -1)).toEqual([1, 2, 3]);
    expect(moved(steps, 3, 1)).toEqual([1, 2, 3]);
    expect(moved(steps, 9, 1)).toEqual([1, 2, 3]);
  });
  it("send what was written; a blank amount is none", () => {
    expect(bodyOf(draft, null, NOW, ZONE)).toEqual({
      text: "寄样品",
      owner_id: null,
      due_at: "2011-09-12T08:00:00.000Z",
      effect: "",
      effect_amount: null,
      remind_hours: 24,
    });
    expect(bodyOf({ ...draft, amount: "500", owner: 3, due: "" }, null, NOW, ZONE)).toMatchObject({
      effect_amount: 500,
      owner_id: 3,
      due_at: null,
    });
  });
  it("keep the hour of a date that was not touched", () => {
    const step = stepOf({ due_at: "2011-09-12T17:00:00Z" });
    const opened = draftOf({ step }, NOW, ZONE);
    expect(bodyOf(opened, step, NOW, ZONE).due_at).toBe("2011-09-12T17:00:00Z");
    expect(bodyOf({ ...opened, due: "2011-09-13" }, step, NOW, ZONE).due_at).toBe("2011-09-13T08:00:00.000Z");
  });
  it("begin due tomorrow and need words and a possible amount", () => {
    expect(draftOf({ step: null }, NOW, ZONE).due).toBe("2011-09-11");
    expect(isReady(draft)).toBe(true);
    expect(isReady({ ...draft, text: " " })).toBe(false);
    expect(isReady({ ...draft, amount: "much" })).toBe(false);
    expect(isReady({ ...draft, amount: "-1" })).toBe(false);
  });
  it("add up what they should bring", () => {
    expect(effectTotal([{ effect_amount: 5 }, { effect_amount: null }, { effect_amount: 2.5 }])).toBe(7.5);
  });
});

describe("who a comment names", () => {
  const people = [
    { id: 1, name: "王", team: null },
    { id: 2, name: "王小明", team: null },
    { id: 3, name: "李", team: null },
  ];
  it("is the longest name behind each @", () => {
    expect(mentionsIn("@王小明 请和 @李 对一下，@王小明", people)).toEqual([2, 3]);
    expect(mentionsIn("mail a@b.test @", people)).toEqual([]);
  });
  it("is written behind the text with one space", () => {
    expect(withMention("", { id: 3, name: "李", team: null })).toBe("@李 ");
    expect(withMention("请看", { id: 3, name: "李", team: null })).toBe("请看 @李 ");
  });
});
