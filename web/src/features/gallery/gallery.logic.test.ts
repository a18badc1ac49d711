import { expect, it } from "vitest";
import { computableIn, onShelf, shelfOf, templateOf } from "./gallery.logic";
import { templateOf as made, packOf } from "./testing/packOf";

const saas = packOf();
const vip = packOf({ code: "vip", industry: "" });
const telecom = packOf({ code: "telecom", industry: "telecom" });
const packs = [vip, telecom, saas];

it("NCD-02 puts the workspace's own industry before the kinds of customers", () => {
  expect(onShelf(packs, "fitting", "saas")).toEqual([saas, vip]);
  expect(onShelf(packs, "fitting", "retail")).toEqual([vip]);
});

it("has a shelf for customers and one for industries, and falls back to what fits", () => {
  expect(onShelf(packs, "customers", "saas")).toEqual([vip]);
  expect(onShelf(packs, "industries", "saas")).toEqual([telecom, saas]);
  expect(shelfOf("industries")).toBe("industries");
  expect(shelfOf("other")).toBe("fitting");
});

it("counts the rules that the data can tell", () => {
  expect(computableIn(saas)).toBe(1);
});

it("knows the template of an industry's pack only", () => {
  const template = made();
  expect(templateOf([template], saas)).toBe(template);
  expect(templateOf([template], telecom)).toBeUndefined();
  expect(templateOf([made({ key: "" })], vip)).toBeUndefined();
});
