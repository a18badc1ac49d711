import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { Toasts } from "@/shared/ui/Toasts";
import { SendButton } from "./SendButton";
import { asBrowser, noteCopies } from "./testing/sdkOf";

let copied: string[] = [];
beforeEach(() => {
  copied = noteCopies();
});
afterEach(() => vi.restoreAllMocks());

function shown(words: string) {
  const go = vi.fn();
  renderUi(
    <>
      <SendButton customerId={7} words={words} go={go} />
      <Toasts />
    </>,
  );
  return go;
}

it("copies the words in any browser and says where to paste them", async () => {
  asBrowser("Mozilla");
  const go = shown("您好");
  await userEvent.click(screen.getByRole("button", { name: "发企微" }));
  expect(await screen.findByText("话术已复制，请到企业微信粘贴发送")).toBeInTheDocument();
  expect(copied).toEqual(["您好"]);
  expect(go).not.toHaveBeenCalled();
});

it("goes inside WeCom to the page that may open the chat", async () => {
  asBrowser("wxwork");
  const go = shown("您好");
  await userEvent.click(screen.getByRole("button", { name: "发企微" }));
  await vi.waitFor(() => expect(go).toHaveBeenCalledExactlyOnceWith("/w/demo/sidebar?customer=7&chat=1"));
});

it("has nothing to do outside WeCom without words, but opens the chat inside", async () => {
  asBrowser("Mozilla");
  shown("");
  expect(screen.getByRole("button", { name: "发企微" })).toBeDisabled();
  cleanup();
  asBrowser("wxwork");
  const go = shown("");
  await userEvent.click(screen.getByRole("button", { name: "发企微" }));
  expect(go).toHaveBeenCalledOnce();
  expect(copied).toEqual([]);
});
