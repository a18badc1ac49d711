import { describe, expect, it } from "vitest";
import {
  type Batch,
  changeEntity,
  choose,
  type Entity,
  fileFault,
  type Mapping,
  mappingOf,
  missingFields,
  stepOf,
} from "./mapping.logic";
import { batchOf } from "./testing/fixtures";

const mapping: Mapping = {
  entity: "orders",
  columns: { Invoice: "order_id", Customer: "customer_key" },
  date_order: "auto",
  sheet: null,
  keep_rest: true,
};
const field = (name: string, label: string, required: boolean) => ({
  name,
  label,
  help: "",
  required,
  type: "text" as const,
  choices: [],
});
const orders: Entity = {
  name: "orders",
  label: "订单",
  help: "",
  fields: [field("order_id", "订单号", true), field("ts", "下单时间", true), field("sku", "商品编码", false)],
};

describe("DAT-14 the mapping", () => {
  it("starts from what the server found", () => {
    expect(mappingOf(batchOf())?.columns).toEqual({ Invoice: "order_id", InvoiceDate: "ts" });
    expect(mappingOf(batchOf({ entity: null }))).toBeUndefined();
    expect(mappingOf(batchOf({ mapping }))).toBe(mapping);
  });
  it("gives a field to one column only", () => {
    expect(choose(mapping, "Order No", "order_id").columns).toEqual({
      Customer: "customer_key",
      "Order No": "order_id",
    });
  });
  it("lets many columns be kept as attributes", () => {
    const once = choose(mapping, "Country", "attr");
    expect(choose(once, "Colour", "attr").columns).toMatchObject({ Country: "attr", Colour: "attr" });
  });
  it("drops a column that is not imported", () => {
    expect(choose(mapping, "Invoice", "").columns).toEqual({ Customer: "customer_key" });
  });
  it("names what is still missing", () => {
    expect(missingFields(orders, mapping)).toEqual(["下单时间"]);
    expect(missingFields(undefined, mapping)).toEqual([]);
  });
  it("starts over for another kind of rows", () => {
    expect(changeEntity(mapping, "customers")).toMatchObject({ entity: "customers", columns: {}, date_order: "auto" });
  });
});

describe("the wizard", () => {
  it("stands where the batch stands", () => {
    const step = (status: Batch["status"]) => stepOf(batchOf({ status }));
    expect(stepOf(undefined)).toBe("upload");
    expect([
      step("uploaded"),
      step("ready"),
      step("queued"),
      step("running"),
      step("done"),
      step("failed"),
      step("cancelled"),
    ]).toEqual(["map", "map", "run", "run", "result", "result", "result"]);
  });
  it("refuses before sending what cannot be read", () => {
    expect(fileFault({ name: "订单.XLSX", size: 5 })).toBeUndefined();
    expect(fileFault({ name: "orders.pdf", size: 5 })).toBe("kind");
    expect(fileFault({ name: "orders.csv", size: 0 })).toBe("empty");
    expect(fileFault({ name: "orders.csv", size: 1e9 })).toBe("size");
  });
});
