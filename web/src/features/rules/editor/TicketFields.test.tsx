import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { TicketFields } from "./TicketFields";

const ROUTES = {
  teams: [
    { id: 3, name: "质检组" },
    { id: 4, name: "华东组" },
  ],
  people: [],
  routes: [
    { topic: "quality", team_id: 3 },
    { topic: "other", team_id: null },
  ],
};

function Held({ onChange }: { onChange: (value: object) => void }) {
  const [value, setValue] = useState<Parameters<typeof TicketFields>[0]["value"]>({ ticket: "", ticket_team: null });
  return (
    <TicketFields
      value={value}
      onChange={(next) => {
        setValue(next);
        onChange(next);
      }}
    />
  );
}

function shown() {
  const told: object[] = [];
  serve({ "GET /api/v1/w/demo/ticket-routes": ROUTES });
  renderUi(<Held onChange={(value) => told.push(value)} />);
  return { told, user: userEvent.setup() };
}

it("asks for no ticket until a topic is chosen, then says who receives it", async () => {
  const { told, user } = shown();
  expect(screen.queryByLabelText("受理团队")).toBeNull();
  await user.selectOptions(screen.getByLabelText("协同工单"), "质检");
  expect(told).toEqual([{ ticket: "quality", ticket_team: null }]);
  expect(await screen.findByRole("option", { name: "按类型：质检组" })).toBeTruthy();
});

it("lets a team of one's own choice receive it, and forgets the team with the ticket", async () => {
  const { told, user } = shown();
  await user.selectOptions(screen.getByLabelText("协同工单"), "其他");
  expect(await screen.findByRole("option", { name: "按类型：客户负责人的主管" })).toBeTruthy();
  await screen.findByRole("option", { name: "华东组" });
  await user.selectOptions(screen.getByLabelText("受理团队"), "华东组");
  await user.selectOptions(screen.getByLabelText("协同工单"), "不提");
  expect(told.slice(1)).toEqual([
    { ticket: "other", ticket_team: 4 },
    { ticket: "", ticket_team: null },
  ]);
});
