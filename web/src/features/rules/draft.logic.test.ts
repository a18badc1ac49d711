import { describe, expect, it } from "vitest";
import {
  draftOf,
  draftOfKept,
  edited,
  emptyDraft,
  keptKey,
  NO_EFFECTS,
  readKept,
  sameDraft,
  statusOf,
  writeDraft,
} from "./draft.logic";
import { ruleDocument, ruleOf, versionOf } from "./testing/fixtures";

const draftVersion = versionOf({ status: "draft", version: 2 });
const trialVersion = versionOf({ status: "trial", version: 2 });

describe("the draft of a rule", () => {
  it("is what waits, else what is live", () => {
    expect(edited(ruleOf({ draft: draftVersion }))?.version).toBe(2);
    expect(edited(ruleOf())?.version).toBe(1);
    expect(edited(ruleOf({ live: null }))).toBeNull();
  });
  it("goes to the server as it came, names trimmed", () => {
    const draft = { ...draftOf(ruleOf()), name: "  下单骤降 " };
    expect(writeDraft(draft)).toMatchObject({ name: "下单骤降", about: "先打电话", rule: ruleDocument });
  });
  it("is the same whatever the ids of its conditions", () => {
    expect(sameDraft(draftOf(ruleOf()), draftOf(ruleOf()))).toBe(true);
    expect(sameDraft(draftOf(ruleOf()), { ...draftOf(ruleOf()), about: "x" })).toBe(false);
    const louder = { ...draftOf(ruleOf()), effects: { ...NO_EFFECTS, notify: true } };
    expect(sameDraft(draftOf(ruleOf()), louder)).toBe(false);
  });
  it("starts with an alert and a task, and one condition to fill in", () => {
    const draft = emptyDraft();
    expect(draft.effects).toMatchObject({ level: "medium", work_item: true, points: 0 });
    expect(draft.tree.when.parts).toHaveLength(1);
    expect(draft.tree.exclude).toBeNull();
  });
});

describe("changes that the server does not have yet", () => {
  const body = writeDraft(draftOf(ruleOf()));
  it("are kept by workspace and rule", () => {
    expect(keptKey("demo", 7)).toBe("liuke.rule.demo.7");
    expect(keptKey("demo", null)).toBe("liuke.rule.demo.new");
  });
  it("come back as they were", () => {
    const kept = readKept(JSON.stringify({ at: "2011-09-09T20:00:00Z", body }));
    expect(kept && sameDraft(draftOfKept(kept), draftOf(ruleOf()))).toBe(true);
  });
  it("are forgotten when they are not readable", () => {
    for (const text of [null, "", "{", "7", "{}", '{"at":"x"}', '{"at":"x","body":{"name":"a"}}']) {
      expect(readKept(text)).toBeNull();
    }
  });
});

describe("草稿 / 试运行 / 已发布", () => {
  it("follows what is live, then what is tried", () => {
    expect(statusOf({ live: versionOf(), draft: draftVersion })).toBe("published");
    expect(statusOf({ live: null, draft: trialVersion })).toBe("trial");
    expect(statusOf({ live: null, draft: draftVersion })).toBe("draft");
    expect(statusOf({ live: null, draft: null })).toBe("draft");
  });
});
