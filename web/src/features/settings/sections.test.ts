import { expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { sectionsFor } from "./sections";

it("shows each role the settings that it may change", () => {
  const keys = (permissions: string[]) => sectionsFor(workspaceOf({ permissions })).map(({ key }) => key);
  expect(sectionsFor(workspaceOf())).toHaveLength(11);
  expect(keys(["sources", "channels", "import"])).toEqual(["profile", "channels", "operations", "keeping"]);
  expect(keys(["personal_data", "handle"])).toEqual(["profile", "touch"]);
});
