import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderUi } from "../testing/renderUi";
import { notifyDone, notifyError } from "./notify";
import { Toasts } from "./Toasts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("reads a fault out at once, in the server's words, and takes it away", () => {
  renderUi(<Toasts />);
  act(() => notifyError({ code: "conflict", message: "别人刚刚改过" }));
  expect(screen.getByRole("alert")).toHaveTextContent("别人刚刚改过");
  act(() => vi.advanceTimersByTime(6000));
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

it("says that the server cannot be reached when it said nothing itself", () => {
  renderUi(<Toasts />);
  act(() => notifyError(new TypeError("Failed to fetch")));
  expect(screen.getByRole("alert")).toHaveTextContent("暂时连不上服务器");
});

it("shows at most three, the newest last", () => {
  renderUi(<Toasts />);
  act(() => ["一", "二", "三", "四"].forEach(notifyDone));
  expect(screen.getAllByRole("status").map((item) => item.textContent)).toEqual(["二", "三", "四"]);
});
