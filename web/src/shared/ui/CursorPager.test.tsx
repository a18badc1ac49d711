import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderUi } from "../testing/renderUi";
import { CursorPager } from "./CursorPager";
import { readTrail, writeTrail } from "./usePager";

const common = { shown: 50, total: 10_000, totalIsCapped: true, pageSize: 50, onGo: vi.fn() };

it("goes forward with the server's cursor and remembers where it came from", async () => {
  const onGo = vi.fn();
  renderUi(<CursorPager {...common} cursor="b" trail={[""]} nextCursor="c" onGo={onGo} />);
  expect(screen.getByText(/51–100 \/ 10,000\+/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "下一页" }));
  expect(onGo).toHaveBeenLastCalledWith("c", ["", "b"]);
  await userEvent.click(screen.getByRole("button", { name: "上一页" }));
  expect(onGo).toHaveBeenLastCalledWith("", []);
});

it("stops at both ends", () => {
  renderUi(<CursorPager {...common} cursor="" trail={[]} nextCursor={null} />);
  expect(screen.getByRole("button", { name: "上一页" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "下一页" })).toBeDisabled();
});

it("keeps the trail in the address, first page included", () => {
  expect(readTrail(null)).toEqual([]);
  expect(readTrail("")).toEqual([""]);
  expect(readTrail(writeTrail(["", "b"]))).toEqual(["", "b"]);
  expect(writeTrail([])).toBeNull();
});
