import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { TaskMarks } from "./TaskMarks";

it("marks what went up and what one does for somebody away", () => {
  renderUi(<TaskMarks item={{ escalation_step: 2, stands_in: true }} />);
  expect(screen.getByText("已升级 2 级")).toBeInTheDocument();
  expect(screen.getByText("代办")).toBeInTheDocument();
});

it("marks nothing else", () => {
  const { container } = renderUi(<TaskMarks item={{ escalation_step: 0, stands_in: false }} />);
  expect(container).toBeEmptyDOMElement();
});
