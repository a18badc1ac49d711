import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { DealStage } from "./DealStage";

const W = "/api/v1/w/demo";
const deal = { id: 5, name: "新店照明", stage: "报价" };

it("MOB-02 moves a deal's stage with one pick and takes it back", async () => {
  const asked = serve({
    [`GET ${W}/opportunity-stages`]: { stages: ["试用"] },
    [`PATCH ${W}/opportunities/5`]: { id: 5 },
  });
  renderUi(
    <>
      <DealStage deal={deal} />
      <UndoToast />
    </>,
  );
  await screen.findByRole("option", { name: "试用" });
  await userEvent.selectOptions(screen.getByLabelText("商机阶段：新店照明"), "谈判");
  await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
  await waitFor(() =>
    expect(sent(asked, `PATCH ${W}/opportunities/5`)).toEqual([{ stage: "谈判" }, { stage: "报价" }]),
  );
});

it("is only read by those who may not handle customers", () => {
  serve({});
  renderUi(<DealStage deal={deal} />, { workspace: workspaceOf({ permissions: [] }) });
  expect(screen.getByText("阶段 报价")).toBeInTheDocument();
  expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
});
