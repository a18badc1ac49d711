import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { curlOf, KeyExample } from "./KeyExample";

describe("DAT-01 the example of a key", () => {
  it("is a whole command: address, key, form and one row as JSON", () => {
    const text = curlOf("https://liuke.test", "lk_1", "2026-11-20T08:00:00Z");
    expect(text.split(" \\\n")).toEqual([
      "curl -X POST 'https://liuke.test/api/v1/activities?source=shop'",
      "  -H 'Authorization: Bearer lk_1'",
      "  -H 'Content-Type: application/json'",
      `  -d '[{"activity_id":"o-1001","customer_key":"C1","ts":"2026-11-20T08:00:00Z","kind":"page.viewed"}]'`,
    ]);
  });

  it("is a row of which every field is one that the API takes", () => {
    const body = curlOf("https://liuke.test", "lk_1", "2026-11-20T08:00:00Z").split("-d '")[1]?.slice(0, -1) ?? "";
    expect(Object.keys(JSON.parse(body)[0])).toEqual(["activity_id", "customer_key", "ts", "kind"]);
  });

  it.each(["ingest", "import", "track"] as const)("is shown for a key that may %s", (scope) => {
    renderUi(<KeyExample secret="lk_1" scopes={[scope]} />);
    expect(screen.getByText(/curl -X POST/)).toHaveTextContent("Authorization: Bearer lk_1");
    expect(screen.getByText("试发一条行为（在命令行运行）")).toBeInTheDocument();
  });

  it("is not shown for a key that only reads", () => {
    renderUi(<KeyExample secret="lk_1" scopes={["export"]} />);
    expect(screen.queryByText(/curl/)).not.toBeInTheDocument();
  });
});
