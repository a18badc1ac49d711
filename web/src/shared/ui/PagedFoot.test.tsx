import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { address, renderUi } from "../testing/renderUi";
import { PagedFoot } from "./PagedFoot";

const page = (change = {}) => ({ items: [1, 2], total: 5, next_cursor: "c2" as string | null, ...change });
const open = (at: string, shown = page()) => renderUi(<PagedFoot page={shown} size={2} />, { at, path: "/w/demo" });

describe("the foot of a list", () => {
  it("goes on by the server's cursor and back along the trail in the address", async () => {
    open("/w/demo?cursor=c1&trail=");
    expect(screen.getByText("3–4 / 5")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "下一页" }));
    expect(address()).toBe("/w/demo?cursor=c2&trail=%7Ec1");
  });

  it("is not there where there is nothing to page through, but is on a page that has become empty", () => {
    const { unmount } = open("/w/demo", page({ items: [], next_cursor: null, total: 0 }));
    expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
    unmount();
    open("/w/demo?cursor=c9&trail=c1", page({ items: [], next_cursor: null, total: 0 }));
    expect(screen.getByRole("navigation")).toBeInTheDocument();
  });
});
