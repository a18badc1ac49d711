import { describe, expect, it } from "vitest";
import { isKingdeeComplete, kingdeeConfig, kingdeeFormOf, named, STREAMS } from "./kingdee.logic";

const FULL = {
  base_url: "https://erp.example.com/k3cloud",
  account: "5f8e",
  user: "liuke",
  auth: "signed",
  app_id: "200001_x",
  organisation: "",
  organisations: ["100", "200"],
  streams: ["customers", "orders"],
  since: "2026-01-01",
  amounts: "document",
  currency: "PRE007",
  proxy: "",
  fields: { orders: { channel: "F_PAEZ_Shop" } },
};

describe("settings of a 云星空 source", () => {
  it("come back as they were saved", () => {
    expect(kingdeeConfig(kingdeeFormOf(FULL))).toEqual(FULL);
  });

  it("begin with everything, in yuan of the books", () => {
    const form = kingdeeFormOf();
    expect(form.streams).toEqual(STREAMS);
    expect(kingdeeConfig(form)).toMatchObject({ amounts: "local", currency: "PRE001", since: null, organisations: [] });
  });

  it("take organisations however they are separated", () => {
    expect(kingdeeConfig({ ...kingdeeFormOf(), organisations: "100，200、 300" }).organisations).toEqual([
      "100",
      "200",
      "300",
    ]);
  });

  it("ignore what is no stream and no text", () => {
    const form = kingdeeFormOf({ streams: ["orders", "wages", 7], base_url: 5, fields: { orders: { actor: 3 } } });
    expect(form).toMatchObject({ streams: ["orders"], baseUrl: "", fields: { orders: { actor: "" } } });
  });

  it("are complete with address, account, user and what the way of logging in needs", () => {
    const form = kingdeeFormOf(FULL);
    expect(isKingdeeComplete(form)).toBe(true);
    expect(isKingdeeComplete({ ...form, appId: " " })).toBe(false);
    expect(isKingdeeComplete({ ...form, appId: "", auth: "password" })).toBe(true);
    expect(isKingdeeComplete({ ...form, account: "" })).toBe(false);
    expect(isKingdeeComplete({ ...form, streams: ["stock"] })).toBe(false);
  });

  it("keep only field names that are not the standard ones", () => {
    const own = named({}, "orders", "actor", " F_X ", "FSalerId.FName");
    expect(own).toEqual({ orders: { actor: "F_X" } });
    expect(named(own, "orders", "channel", "F_Y", "")).toEqual({ orders: { actor: "F_X", channel: "F_Y" } });
    expect(named(own, "orders", "actor", "FSalerId.FName", "FSalerId.FName")).toEqual({});
    expect(named({}, "orders", "actor", "", "FSalerId.FName")).toEqual({ orders: { actor: "" } });
  });
});
