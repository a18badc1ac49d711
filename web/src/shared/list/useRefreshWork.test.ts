import { expect, it } from "vitest";
import { showsWork } from "./useRefreshWork";

it("reads lists, counts and pages of customers again", () => {
  expect(showsWork(["get", "/api/v1/w/{slug}/alerts/counts", {}])).toBe(true);
  expect(showsWork(["get", "/api/v1/w/{slug}/customers/{customer_id}", {}])).toBe(true);
  expect(showsWork(["get", "/api/v1/w/{slug}/today", {}])).toBe(true);
});

it("leaves settings and the session alone", () => {
  expect(showsWork(["get", "/api/v1/session"])).toBe(false);
  expect(showsWork(["get", "/api/v1/w/{slug}/sources", {}])).toBe(false);
  expect(showsWork(["local"])).toBe(false);
});
