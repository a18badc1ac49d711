import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { onDemand } from "./onDemand";

it("loads a dialogue only when it is wanted", async () => {
  let loads = 0;
  const Dialogue = onDemand<{ open: boolean; text: string }>(
    ({ open }) => open,
    async () => {
      loads += 1;
      return ({ text }) => <p>{text}</p>;
    },
  );
  const { rerender } = render(<Dialogue open={false} text="a" />);
  expect(loads).toBe(0);
  rerender(<Dialogue open text="b" />);
  expect(await screen.findByText("b")).toBeInTheDocument();
  rerender(<Dialogue open={false} text="b" />);
  expect(screen.queryByText("b")).not.toBeInTheDocument();
  expect(loads).toBe(1);
});
