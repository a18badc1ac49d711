import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { visitOf } from "@/features/tasks/page/testing/sheetOf";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { PhotoStrip } from "./PhotoStrip";
import { shrunk } from "./photo";
import { VisitForm } from "./VisitForm";
import { VisitList } from "./VisitList";
import { VisitsPanel } from "./VisitsPanel";

const W = "/api/v1/w/demo";
const VISITS = `${W}/customers/7/visits`;
const PHOTOS = `${W}/visits/4/photos`;
const bare = visitOf({ photos: [], photo_count: 0 });
const picture = (name = "a.jpg") => new File(["x"], name, { type: "image/jpeg" });

beforeEach(() => {
  URL.createObjectURL = vi.fn(() => `blob:${Math.random()}`);
  URL.revokeObjectURL = vi.fn();
  vi.stubGlobal("createImageBitmap", async () => ({ width: 4000, height: 3000, close: () => undefined }));
  HTMLCanvasElement.prototype.getContext = vi.fn(() => ({ drawImage: () => undefined })) as never;
  HTMLCanvasElement.prototype.toBlob = vi.fn((done: BlobCallback) => done(new Blob(["small"], { type: "image/jpeg" })));
});
afterEach(() => vi.restoreAllMocks());

function form(answers: Record<string, unknown> = {}) {
  const asked = serve({ [`POST ${VISITS}`]: bare, [`POST ${PHOTOS}`]: { id: 1 }, ...answers });
  const onClose = vi.fn();
  renderUi(<VisitForm target={{ customerId: 7, customerName: "宁波瑞安", workItemId: 3 }} onClose={onClose} />);
  return { asked, onClose };
}

describe("a photo on the phone", () => {
  it("is drawn anew as a JPEG, so that nothing of the camera's notes leaves it", async () => {
    await expect(shrunk(picture("a.png"))).resolves.toMatchObject({ type: "image/jpeg" });
  });

  it("is refused where it cannot be drawn", async () => {
    HTMLCanvasElement.prototype.toBlob = vi.fn((done: BlobCallback) => done(null));
    await expect(shrunk(picture())).rejects.toThrow("photo");
  });

  it("is shown until a tap takes it off, and its memory is given back", async () => {
    const photo = picture();
    const onRemove = vi.fn();
    const { unmount } = renderUi(<PhotoStrip photos={[photo]} onRemove={onRemove} />);
    await userEvent.click(screen.getByRole("button", { name: "去掉第 1 张照片" }));
    expect(onRemove).toHaveBeenCalledWith(photo);
    unmount();
    expect(URL.revokeObjectURL).toHaveBeenCalledTimes(1);
  });
});

describe("the form of a visit", () => {
  it("keeps the visit first, then its photos one by one", async () => {
    const { asked, onClose } = form();
    await fill("拜访内容", " 谈了续约 ");
    await userEvent.upload(screen.getByTestId("visit-photos"), [picture(), picture("b.jpg")]);
    await screen.findByRole("button", { name: "去掉第 2 张照片" });
    await userEvent.click(screen.getByRole("button", { name: "保存拜访" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    const posts = asked.filter(({ method }) => method === "POST").map(({ path }) => path);
    expect(posts).toEqual([VISITS, PHOTOS, PHOTOS]);
    expect(sent(asked, `POST ${VISITS}`)[0]).toMatchObject({ text: "谈了续约", work_item_id: 3 });
  });

  it("goes on after the last photo that arrived, with the same key", async () => {
    const photoAnswers = [{ id: 1 }, refuse(503, "busy", "忙"), { id: 2 }];
    let kept = 0;
    const { asked, onClose } = form({
      [`POST ${VISITS}`]: () => ({ ...bare, photo_count: kept++ }),
      [`POST ${PHOTOS}`]: () => photoAnswers.shift(),
    });
    await fill("拜访内容", "谈了续约");
    await userEvent.upload(screen.getByTestId("visit-photos"), [picture(), picture("b.jpg")]);
    await screen.findByRole("button", { name: "去掉第 2 张照片" });
    const save = screen.getByRole("button", { name: "保存拜访" });
    await userEvent.click(save);
    await waitFor(() => expect(sent(asked, `POST ${PHOTOS}`)).toHaveLength(2));
    expect(onClose).not.toHaveBeenCalled();
    await waitFor(() => expect(save).toBeEnabled());
    await userEvent.click(save);
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent(asked, `POST ${PHOTOS}`)).toHaveLength(3);
    const [first, second] = sent(asked, `POST ${VISITS}`) as { request_key: string }[];
    expect(second?.request_key).toBe(first?.request_key);
  });

  it("takes at most nine photos", async () => {
    form();
    const ten = Array.from({ length: 10 }, (_, at) => picture(`${at}.jpg`));
    await userEvent.upload(screen.getByTestId("visit-photos"), ten);
    await waitFor(() => expect(screen.getByRole("button", { name: "去掉第 9 张照片" })).toBeInTheDocument());
    expect(screen.queryByRole("button", { name: "去掉第 10 张照片" })).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "拍照或选照片" })).toBeDisabled();
  });

  it("keeps photos that are taken while others are still scaled down", async () => {
    const bitmap = { width: 10, height: 10, close: () => undefined };
    const waiting: ((picture: unknown) => void)[] = [];
    vi.stubGlobal("createImageBitmap", () => new Promise((resolve) => waiting.push(resolve)));
    form();
    await userEvent.upload(screen.getByTestId("visit-photos"), picture());
    await userEvent.upload(screen.getByTestId("visit-photos"), picture("b.jpg"));
    for (const ready of waiting) ready(bitmap);
    await waitFor(() => expect(screen.getAllByRole("button", { name: /^去掉第/ })).toHaveLength(2));
  });

  it("goes on without a photo that cannot be read", async () => {
    vi.stubGlobal("createImageBitmap", async () => {
      throw new Error("not a picture");
    });
    form();
    await userEvent.upload(screen.getByTestId("visit-photos"), picture());
    expect(screen.queryByRole("button", { name: "去掉第 1 张照片" })).not.toBeInTheDocument();
    await fill("地点", "门店");
    expect(screen.getByRole("button", { name: "保存拜访" })).toBeEnabled();
  });

  it("is not saved with photos alone", async () => {
    form();
    await userEvent.upload(screen.getByTestId("visit-photos"), picture());
    await screen.findByRole("button", { name: "去掉第 1 张照片" });
    expect(screen.getByRole("button", { name: "保存拜访" })).toBeDisabled();
  });

  it("lets the position go again", async () => {
    const coords = { latitude: 31.2, longitude: 121.5, accuracy: 12 };
    const geolocation = { getCurrentPosition: (yes: (found: unknown) => void) => yes({ coords }) };
    vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { geolocation }));
    form();
    await userEvent.click(screen.getByRole("button", { name: "附上当前位置" }));
    await userEvent.click(await screen.findByRole("button", { name: "不附位置" }));
    expect(screen.queryByText(/误差约/)).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "保存拜访" })).toBeDisabled();
  });
});

describe("visits to a customer", () => {
  const customer = { id: 7, name: "宁波瑞安", open_work_item_id: 3 };

  it("say where they were, in words and to about ten metres", () => {
    renderUi(<VisitList visits={[visitOf({ spot: { latitude: 31.23041, longitude: 121.4737, accuracy: 9 } })]} />);
    expect(screen.getByText("客户办公室 · 31.2304, 121.4737")).toBeInTheDocument();
  });

  it("say that there are none, and offer nothing to a reader", async () => {
    serve({ [`GET ${VISITS}`]: [] });
    renderUi(<VisitsPanel customer={customer} />, { workspace: workspaceOf({ permissions: [] }) });
    expect(await screen.findByText("还没有拜访记录")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "记拜访" })).not.toBeInTheDocument();
  });

  it("are logged on the customer's open task", async () => {
    const asked = serve({ [`GET ${VISITS}`]: [], [`POST ${VISITS}`]: bare });
    renderUi(<VisitsPanel customer={customer} />);
    await userEvent.click(screen.getByRole("button", { name: "记拜访" }));
    await screen.findByLabelText("地点");
    await fill("地点", "门店");
    await userEvent.click(screen.getByRole("button", { name: "保存拜访" }));
    await waitFor(() => expect(sent(asked, `POST ${VISITS}`)[0]).toMatchObject({ place: "门店", work_item_id: 3 }));
  });
});
