import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { pageOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { listenForToasts } from "@/shared/ui/notify";
import { playbookOf } from "../testing/fixtures";
import { EnrolmentsPanel } from "./EnrolmentsPanel";
import { EnrolSheet } from "./EnrolSheet";

const W = "/api/v1/w/demo";
const ENROL = `POST ${W}/playbooks/5/enrolments`;
const view = { id: 1, page: "customers", name: "华东重点", query: "q=华东&tier=high", shared: true, mine: true };
const answers = {
  [`GET ${W}/customers`]: pageOf([{ id: 7, name: "华东灯具", key: "C-7" }]),
  [`GET ${W}/views`]: [view],
  [`GET ${W}/playbooks/5/enrolments`]: pageOf([]),
  [ENROL]: { treated: 40, holdout: 4, refused: [{ key: "cooling", text: "间隔未满", count: 2 }] },
};
const open = (more: Record<string, unknown> = {}) => {
  const asked = serve({ ...answers, ...more });
  const onClose = vi.fn();
  renderUi(<EnrolSheet playbook={playbookOf()} open onClose={onClose} />);
  return { asked, onClose };
};
const save = () => document.querySelector<HTMLButtonElement>("button[type=submit]") as HTMLButtonElement;
async function choose(name: string) {
  await userEvent.click(screen.getByLabelText("客户"));
  await userEvent.click(await screen.findByText(name, { selector: ".ant-select-item-option-content" }));
}

afterEach(() => listenForToasts(() => undefined));

describe("enrolling by hand", () => {
  it("cannot be sent before it says whom", async () => {
    open();
    await screen.findByLabelText("或选择已保存的筛选");
    expect(save()).toBeDisabled();
  });

  it("enrols one customer, and tells both arms and who was refused", async () => {
    const told: string[] = [];
    listenForToasts(({ text }) => told.push(text));
    const { asked, onClose } = open();
    await choose("华东灯具 · C-7");
    await userEvent.click(save());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent(asked, ENROL)).toEqual([{ customer_ids: [7], filter: "" }]);
    expect(told).toEqual(["已加入：执行 40，对照 4，未进入 2"]);
  });

  it("enrols everybody of a saved filter by its query, not by its name", async () => {
    const { asked } = open();
    await userEvent.selectOptions(await screen.findByLabelText("或选择已保存的筛选"), "华东重点");
    await userEvent.click(save());
    await waitFor(() => expect(sent(asked, ENROL)).toEqual([{ customer_ids: [], filter: view.query }]));
  });

  it("says why it was refused and stays open with what was chosen", async () => {
    const { onClose } = open({ [ENROL]: refuse(409, "playbook_paused", "流程已暂停，不能加入客户") });
    await userEvent.selectOptions(await screen.findByLabelText("或选择已保存的筛选"), "华东重点");
    await userEvent.click(save());
    expect(await screen.findByText("流程已暂停，不能加入客户")).toBeInTheDocument();
    expect(screen.getByLabelText("或选择已保存的筛选")).toHaveValue(view.query);
    expect(onClose).not.toHaveBeenCalled();
  });

  it("asks for no filter where none is saved", async () => {
    const { asked } = open({ [`GET ${W}/views`]: [] });
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith("/views"))).toBe(true));
    expect(screen.queryByLabelText("或选择已保存的筛选")).not.toBeInTheDocument();
  });

  it("opens empty the second time, so that nobody is enrolled twice by a hasty click", async () => {
    serve(answers);
    renderUi(<EnrolmentsPanel playbook={playbookOf()} />);
    await userEvent.click(await screen.findByText("手动加入"));
    await userEvent.selectOptions(await screen.findByLabelText("或选择已保存的筛选"), "华东重点");
    await userEvent.click(save());
    await waitFor(() => expect(screen.queryByLabelText("或选择已保存的筛选")).not.toBeInTheDocument());
    await userEvent.click(screen.getByText("手动加入"));
    expect(await screen.findByLabelText("或选择已保存的筛选")).toHaveValue("");
    expect(save()).toBeDisabled();
  });
});
