import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { homePath, linkIn, navGroups, phoneTabs } from "./navigation";

const it_ = workspaceOf({ role: "it", scope: "none", permissions: ["sources", "channels", "import"] });
const manager = workspaceOf({ role: "manager", scope: "own", permissions: ["personal_data", "handle"] });

describe("navigation follows the role", () => {
  it("shows an admin everything in four groups", () => {
    expect(navGroups(workspaceOf()).map(({ key, items }) => [key, items.length])).toEqual([
      ["work", 11],
      ["strategy", 10],
      ["insight", 2],
      ["foot", 3],
    ]);
  });
  it("hides customers from IT and data from account managers", () => {
    const keys = (viewer: typeof manager) => navGroups(viewer).flatMap(({ items }) => items.map(({ key }) => key));
    expect(keys(it_)).toEqual(["data", "readiness", "settings"]);
    expect(keys(manager)).not.toContain("data");
  });
  it("gives the phone 今日/预警/任务/客户/我的, and IT its data", () => {
    expect(phoneTabs(manager).map(({ key }) => key)).toEqual(["today", "alerts", "tasks", "customers", "me"]);
    expect(phoneTabs(it_).map(({ key }) => key)).toEqual(["data", "me"]);
  });
  it("opens where the role works", () => {
    expect(homePath(manager, true)).toBe("/today");
    expect(homePath(manager, false)).toBe("/dashboard");
    expect(homePath(it_, true)).toBe("/data");
  });
  it("accepts links with and without the workspace", () => {
    expect(linkIn("demo", "/customers/7")).toBe("/w/demo/customers/7");
    expect(linkIn("demo", "/w/other/alerts/1")).toBe("/w/other/alerts/1");
  });
});
