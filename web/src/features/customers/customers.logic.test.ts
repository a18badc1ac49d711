import { describe, expect, it } from "vitest";
import { CUSTOMER_URL, customerQuery, exportUrl, readHabits, USUAL_COLUMNS, viewOf, viewsFor } from "./customers.logic";

describe("the views of the list", () => {
  it("open with the reader's own customers", () => {
    expect(viewOf("", "own")).toBe("mine");
    expect(viewOf("", "team")).toBe("team");
    expect(viewOf("", "all")).toBe("all");
    expect(viewOf("lost", "own")).toBe("lost");
  });
  it("leave out what an account manager cannot see", () => {
    expect(viewsFor("own")).toEqual(["mine", "high", "due", "lost"]);
  });
});

describe("what the server is asked", () => {
  it("is active customers by score unless told otherwise", () => {
    expect(customerQuery("mine", CUSTOMER_URL)).toEqual({ status: "active", sort: "-score", scope: "mine" });
  });
  it("turns a window into days", () => {
    expect(customerQuery("all", { ...CUSTOMER_URL, due: "60" })).toMatchObject({ due_within: 60 });
    expect(customerQuery("due", CUSTOMER_URL)).toMatchObject({ due_within: 30, sort: "contract_ends_on" });
    expect(customerQuery("due", { ...CUSTOMER_URL, due: "90", sort: "-annual_value" })).toMatchObject({
      due_within: 90,
      sort: "-annual_value",
    });
  });
  it("keeps the pool of the lost a pool of the lost", () => {
    expect(customerQuery("lost", { ...CUSTOMER_URL, status: "active" }).status).toBe("lost");
    expect(customerQuery("all", { ...CUSTOMER_URL, status: "paused" }).status).toBe("paused");
  });
  it("is the same for the file", () => {
    expect(exportUrl("demo", { scope: "mine", level: "high", due_within: undefined })).toBe(
      "/api/v1/w/demo/customers/export.csv?scope=mine&level=high",
    );
  });
});

describe("the table's habits", () => {
  it("fall back when nothing or nonsense is stored", () => {
    expect(readHabits(null).columns).toEqual(USUAL_COLUMNS);
    expect(readHabits("{").density).toBe("middle");
  });
  it("keep the order of the columns and forget unknown ones", () => {
    expect(readHabits('{"columns":["owner","gone","reason"],"density":"small"}')).toEqual({
      columns: ["reason", "owner"],
      density: "small",
    });
  });
});
