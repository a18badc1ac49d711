import { expect, it } from "vitest";
import { splitWords } from "./words";

it("takes words however they are separated", () => {
  expect(splitWords(" a,b，c、d\n e ")).toEqual(["a", "b", "c", "d", "e"]);
  expect(splitWords(" ，")).toEqual([]);
});
