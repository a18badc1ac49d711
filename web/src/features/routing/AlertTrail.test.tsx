import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { AlertTrail } from "./AlertTrail";

const PATH = "GET /api/v1/w/demo/alerts/3/trail";
const wang = { id: 1, name: "王芳", team: null };

it("lists in order who was told and how it went up", async () => {
  serve({
    [PATH]: {
      pushes: [
        { person: wang, kind: "own", at: "2011-09-08T01:00:00Z" },
        { person: { id: 2, name: "李主管", team: null }, kind: "copy", at: "2011-09-08T01:00:00Z" },
        { person: wang, kind: "escalation", at: "2011-09-09T01:00:00Z" },
      ],
      escalations: [
        { step: 1, level: "high", at: "2011-09-09T01:00:00Z", due_at: "2011-09-09T00:00:00Z", told: [wang] },
        { step: 2, level: "high", at: "2011-09-09T09:00:00Z", due_at: "2011-09-09T00:00:00Z", told: [] },
      ],
    },
  });
  renderUi(<AlertTrail alertId={3} />);
  await screen.findByRole("region", { name: "通知与升级" });
  expect(screen.getAllByRole("listitem").map((item) => item.firstChild?.textContent)).toEqual([
    "已通知王芳",
    "已抄送李主管",
    "超时升级第 1 级：王芳",
    "超时升级第 2 级：没有人",
  ]);
});

it("shows nothing while nobody was told", async () => {
  const asked = serve({ [PATH]: { pushes: [], escalations: [] } });
  const { container } = renderUi(<AlertTrail alertId={3} />);
  await expect.poll(() => asked.length).toBe(1);
  expect(container).toBeEmptyDOMElement();
});
