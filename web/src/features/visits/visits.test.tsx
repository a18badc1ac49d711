import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { visitOf } from "@/features/tasks/page/testing/sheetOf";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { fitted } from "./photo";
import { spotText, whereAmI } from "./place";
import { VisitForm } from "./VisitForm";
import { VisitList } from "./VisitList";

const W = "/api/v1/w/demo";

afterEach(() => vi.unstubAllGlobals());

describe("photos and places", () => {
  it("are scaled so that the longer side fits, and never enlarged", () => {
    expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 });
    expect(fitted(3000, 4000)).toEqual({ width: 1200, height: 1600 });
    expect(fitted(800, 10)).toEqual({ width: 800, height: 10 });
    expect(fitted(10_000, 1)).toEqual({ width: 1600, height: 1 });
  });
  it("are null where the phone refuses or has none", async () => {
    vi.stubGlobal("navigator", { geolocation: { getCurrentPosition: (_: unknown, no: () => void) => no() } });
    expect(await whereAmI()).toBeNull();
    vi.stubGlobal("navigator", {});
    expect(await whereAmI()).toBeNull();
  });
  it("are shown to about ten metres", () => {
    expect(spotText({ latitude: 31.230412, longitude: 121.473701, accuracy: 9 })).toBe("31.2304, 121.4737");
  });
});

describe("拜访记录", () => {
  it("sends the position only after a tap for it", async () => {
    const coords = { latitude: 31.2, longitude: 121.5, accuracy: 12.4 };
    vi.stubGlobal(
      "navigator",
      Object.assign(Object.create(navigator), {
        geolocation: { getCurrentPosition: (yes: (found: unknown) => void) => yes({ coords }) },
      }),
    );
    const asked = serve({ [`POST ${W}/customers/7/visits`]: visitOf({ photos: [], photo_count: 0 }) });
    const onClose = vi.fn();
    renderUi(<VisitForm target={{ customerId: 7, customerName: "宁波瑞安", workItemId: null }} onClose={onClose} />);
    await userEvent.click(await screen.findByRole("button", { name: "附上当前位置" }));
    expect(await screen.findByText(/31.2000, 121.5000/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "保存拜访" }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent(asked, `POST ${W}/customers/7/visits`)[0]).toMatchObject({
      spot: { latitude: 31.2, longitude: 121.5, accuracy: 12 },
      work_item_id: null,
    });
  });

  it("is taken back with undo by its author", async () => {
    const asked = serve({ [`DELETE ${W}/visits/4`]: { ok: true }, [`POST ${W}/visits/4/restore`]: { ok: true } });
    renderUi(
      <>
        <VisitList visits={[visitOf()]} />
        <UndoToast />
      </>,
    );
    await userEvent.click(screen.getByRole("button", { name: "删除拜访记录" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/visits/4/restore`)).toHaveLength(1));
  });

  it("says that there are photos to those who may not see them", () => {
    renderUi(<VisitList visits={[visitOf({ photos: [], photo_count: 3, is_mine: false })]} />);
    expect(screen.getByText("3 张照片，无权查看")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "删除拜访记录" })).not.toBeInTheDocument();
  });
});
