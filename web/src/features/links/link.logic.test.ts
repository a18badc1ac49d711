import { describe, expect, it } from "vitest";
import { EMPTY, formDataOf, isLinkComplete, isOpenable, isWebAddress, lasted } from "./link.logic";

const pdf = (size = 10) => new File([new Uint8Array(size)], "报价.pdf", { type: "application/pdf" });

describe("a link for a contact", () => {
  it("leads to plain web addresses only", () => {
    expect(["https://a.test", "http://a.test/x?y=1", " https://a.test/ "].map(isWebAddress)).toEqual([
      true,
      true,
      true,
    ]);
    const wrong = [
      "javascript:alert(1)",
      "//a.test",
      "https://u@a.test/",
      "https://a.test/a b",
      "a.test",
      "https:\\\\a",
    ];
    expect(wrong.map(isWebAddress)).toEqual(wrong.map(() => false));
  });

  it("needs a title and an address, or a file that is not too large", () => {
    expect(isLinkComplete({ ...EMPTY, title: "报价", url: "https://a.test" })).toBe(true);
    expect(isLinkComplete({ ...EMPTY, title: " ", url: "https://a.test" })).toBe(false);
    expect(isLinkComplete({ ...EMPTY, title: "报价", by: "file" })).toBe(false);
    expect(isLinkComplete({ ...EMPTY, title: "报价", by: "file", file: pdf() })).toBe(true);
    expect(isLinkComplete({ ...EMPTY, title: "报价", by: "file", file: pdf(21 * 1024 ** 2) })).toBe(false);
  });

  it("goes with its file as a form", () => {
    const data = formDataOf({ ...EMPTY, title: " 报价 ", days: 0, contactId: 7 }, pdf());
    expect([data.get("title"), data.get("days"), data.get("contact_id"), data.get("info")]).toEqual([
      "报价",
      "0",
      "7",
      "quote",
    ]);
    expect((data.get("file") as File).name).toBe("报价.pdf");
  });

  it("can be copied while it opens", () => {
    const states = ["waiting", "seen", "over", "revoked"] as const;
    expect(states.map((state) => isOpenable({ state }))).toEqual([true, true, false, false]);
  });

  it("tells how long it was read in minutes and seconds", () => {
    expect([lasted(0), lasted(75)]).toEqual([
      { minutes: 0, seconds: 0 },
      { minutes: 1, seconds: 15 },
    ]);
  });
});
