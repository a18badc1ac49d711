import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { CalendarPanel } from "./CalendarPanel";

const FEED = "/api/v1/w/demo/calendar-feed";

it("shows a fresh calendar address once and stops it", async () => {
  let isOn = false;
  const asked = serve({
    [`GET ${FEED}`]: () => ({
      is_on: isOn,
      created_at: isOn ? "2011-09-09T10:00:00Z" : null,
      read_at: null,
      url: null,
    }),
    [`POST ${FEED}`]: () => {
      isOn = true;
      return {
        is_on: true,
        created_at: "2011-09-09T10:00:00Z",
        read_at: null,
        url: "https://liuke.test/api/calendar/x.ics",
      };
    },
    [`DELETE ${FEED}`]: () => {
      isOn = false;
      return { ok: true };
    },
  });
  renderUi(<CalendarPanel />);
  await userEvent.click(await screen.findByRole("button", { name: "创建日历地址" }));
  expect(await screen.findByLabelText("日历地址")).toHaveValue("https://liuke.test/api/calendar/x.ics");
  await userEvent.click(screen.getByRole("button", { name: "停用" }));
  await waitFor(() => expect(screen.queryByLabelText("日历地址")).not.toBeInTheDocument());
  expect(sent(asked, `DELETE ${FEED}`)).toHaveLength(1);
  expect(screen.getByRole("button", { name: "创建日历地址" })).toBeInTheDocument();
});
