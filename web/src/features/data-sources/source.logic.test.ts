import { describe, expect, it } from "vitest";
import { bodyOf, everyWords, formOf, isComplete, isScheduled, type Source } from "./source.logic";

const sql: Source = {
  id: 3,
  kind: "sql",
  name: "CRM 只读库",
  entity: "customers",
  config: { query: "select 1", cursor_column: "updated_at" },
  mapping: null,
  every_minutes: 1440,
  enabled: true,
  state: "ok",
  cursor: "2011-09-01",
  last_run_at: null,
  last_success_at: null,
  last_error: null,
  failures: 0,
  rows_total: 0,
  newest_row_at: null,
  next_at: null,
  streams: [],
};

describe("DAT-17 a source that reruns a saved mapping", () => {
  it("keeps the stored address when none is typed", () => {
    const form = formOf(sql);
    expect(form).toMatchObject({
      kind: "sql",
      query: "select 1",
      cursorColumn: "updated_at",
      address: "",
      everyMinutes: 1440,
    });
    expect(bodyOf(form).secret).toBeNull();
    expect(isComplete(form, false)).toBe(true);
  });
  it("needs an address for a new connection", () => {
    const form = { ...formOf(), kind: "sql" as const, name: "CRM", query: "select 1" };
    expect(isComplete(form, true)).toBe(false);
    expect(isComplete({ ...form, address: "postgresql://reader@crm/db" }, true)).toBe(true);
  });
  it("sends only what its kind needs", () => {
    const folder = bodyOf({ ...formOf(), name: " ERP ", path: "/data/erp", address: "ignored" });
    expect(folder).toMatchObject({
      kind: "folder",
      name: "ERP",
      config: { path: "/data/erp", pattern: "*.csv" },
      secret: null,
    });
  });
  it("says how often in words", () => {
    expect(everyWords(15)).toEqual({ key: "everyMinutes", count: 15 });
    expect(everyWords(360)).toEqual({ key: "everyHours", count: 6 });
    expect(everyWords(1440).key).toBe("everyDay");
  });
  it("leaves uploads and the sample alone", () => {
    expect(isScheduled({ kind: "sql" })).toBe(true);
    expect(isScheduled({ kind: "sample" })).toBe(false);
  });
});
