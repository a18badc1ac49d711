import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { DealsPanel } from "./DealsPanel";

const deal = {
  id: 5,
  name: "新店照明",
  stage: "报价",
  stage_set_at: null,
  amount: 5200,
  close_on: null,
  is_sample: false,
};

it("MOB-02 has the stage of each deal to move, and says which a person has set", async () => {
  serve({ "GET /api/v1/w/demo/opportunity-stages": { stages: ["试用"] } });
  renderUi(<DealsPanel deals={[deal, { ...deal, id: 6, name: "旧店改造", stage_set_at: "2011-09-08T08:00:00Z" }]} />);
  expect(screen.getAllByRole("combobox")).toHaveLength(2);
  expect(screen.getAllByText("手动设定")).toHaveLength(1);
  expect(screen.getAllByRole("listitem")[1]).toHaveTextContent("旧店改造");
});

it("is not there without deals", () => {
  const { container } = renderUi(<DealsPanel deals={[]} />);
  expect(container.querySelector("section")).toBeNull();
});
