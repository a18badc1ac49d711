import { describe, expect, it } from "vitest";
import { originsOf, webSnippet, wxSnippet } from "./pageKey.logic";

describe("a key of pages", () => {
  it("takes sites however they are separated, without a slash at the end", () => {
    expect(originsOf("https://a.test/\n https://b.test，https://c.test")).toEqual([
      "https://a.test",
      "https://b.test",
      "https://c.test",
    ]);
    expect(originsOf("  ")).toEqual([]);
  });

  it("comes with what is to be copied, consent off until it is given", () => {
    const web = webSnippet("https://liuke.test", "lk_x", "C-1");
    expect(web).toContain('src="https://liuke.test/sdk.js"');
    expect(web).toContain('key: "lk_x"');
    expect(web.indexOf("consent: false")).toBeLessThan(web.indexOf("liuke.consent(true)"));
    expect(web).toContain('identify("C-1")');
    expect(wxSnippet("https://liuke.test", "lk_x", "C-1")).toContain("https://liuke.test/sdk/wx.js");
  });
});
