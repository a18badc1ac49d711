import { describe, expect, it } from "vitest";
import { aboutOf, archiveOf, isOver, mayErase, shortProof, stateOf, total } from "./persons.logic";
import { jobOf, requestOf } from "./testing/requestOf";

describe("a request about personal data (DAT-18)", () => {
  it("is done, failed or under way by its end and its job", () => {
    expect(stateOf(requestOf())).toBe("done");
    expect(stateOf(requestOf({ left: ["uploads/x"] }))).toBe("left");
    expect(stateOf(requestOf({ finished_at: null, job: jobOf() }))).toBe("running");
    expect(stateOf(requestOf({ finished_at: null, job: jobOf({ status: "queued" }) }))).toBe("running");
    expect(stateOf(requestOf({ finished_at: null, job: jobOf({ status: "failed" }) }))).toBe("failed");
    expect(stateOf(requestOf({ finished_at: null, job: null }))).toBe("running");
    expect(isOver(requestOf({ finished_at: null, job: jobOf() }))).toBe(false);
  });

  it("is confirmed by the very name and a reason, and by nothing else", () => {
    const draft = { confirm: " 宁波瑞安 ", reason: "本人要求" };
    expect(mayErase(draft, "宁波瑞安")).toBe(true);
    expect(mayErase({ ...draft, confirm: "宁波" }, "宁波瑞安")).toBe(false);
    expect(mayErase({ ...draft, reason: "  " }, "宁波瑞安")).toBe(false);
    expect(mayErase({ confirm: "", reason: "x" }, "")).toBe(false);
  });

  it("counts, shortens and addresses", () => {
    expect(total(requestOf().rows)).toBe(7);
    expect(total([])).toBe(0);
    expect(shortProof("0123456789abcdef")).toBe("0123456789ab…");
    expect(shortProof("")).toBe("");
    expect(archiveOf("demo", 5)).toBe("/api/v1/w/demo/person-requests/5/archive.zip");
    expect(aboutOf(0)).toEqual({});
    expect(aboutOf(4)).toEqual({ contact_id: 4 });
  });
});
