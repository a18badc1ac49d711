import { describe, expect, it } from "vitest";
import { draftOf, EMPTY, isReady, peopleOf, shownIn, toneOf, viewOf } from "./messages.logic";
import { consent, template } from "./testing/fixtures";

describe("the list of templates", () => {
  it("shows one purpose, all, or what was put away", () => {
    expect(shownIn("", template)).toBe(true);
    expect(shownIn("service", template)).toBe(true);
    expect(shownIn("marketing", template)).toBe(false);
    expect(shownIn("archived", template)).toBe(false);
    expect(shownIn("archived", { ...template, archived: true })).toBe(true);
  });

  it("falls back to all for an address that is wrong", () => {
    expect(viewOf("marketing")).toBe("marketing");
    expect(viewOf("nonsense")).toBe("");
  });
});

describe("a draft", () => {
  it("is ready with a code, a name, a medium, a text and a mail's subject", () => {
    const draft = draftOf(template);
    expect(isReady(draft)).toBe(true);
    expect(isReady(EMPTY)).toBe(false);
    expect(isReady({ ...draft, code: "9x" })).toBe(false);
    expect(isReady({ ...draft, media: [] })).toBe(false);
    expect(isReady({ ...draft, subject: " " })).toBe(false);
    expect(isReady({ ...draft, subject: "", media: ["sms"] })).toBe(true);
    expect(isReady({ ...draft, body: "\n" })).toBe(false);
  });

  it("does not share its media with the template", () => {
    const draft = draftOf(template);
    draft.media.pop();
    expect(template.media).toEqual(["email", "sms"]);
  });
});

describe("a message's status", () => {
  it("has the colour of what it means", () => {
    expect(toneOf("delivered")).toBe("risk-normal");
    expect(toneOf("refused")).toBe("risk-high");
    expect(toneOf("unknown")).toBe("risk-medium");
    expect(toneOf("suppressed")).toBe("");
  });
});

describe("the consent panel", () => {
  it("groups marketing words by person and leaves out the rest", () => {
    const people = peopleOf([
      consent({ contact_id: null }),
      consent(),
      consent({ medium: "sms" }),
      consent({ purpose: "service" }),
      consent({ medium: "other" }),
    ]);
    expect([...people.keys()]).toEqual([null, 1]);
    expect(people.get(1)?.map(({ medium }) => medium)).toEqual(["email", "sms"]);
  });
});
