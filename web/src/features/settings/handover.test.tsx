import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { AbsencePanel } from "./AbsencePanel";
import { EMPTY_HAND_OVER, handOverBody, isReady } from "./handover.logic";
import { PeoplePage } from "./PeoplePage";
import { people, teams } from "./testing/fixtures";

const W = "/api/v1/w/demo";
const ref = (id: number, name: string) => ({ id, name, team: null });
const preview = {
  customers: 214,
  alerts: 12,
  items: 15,
  left: 0,
  shares: [{ person: ref(3, "赵一鸣"), customers: 214, annual_value: 1000 }],
  moves: [
    {
      customer: { id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false },
      tier: "high",
      annual_value: 900,
      successor: ref(3, "赵一鸣"),
    },
  ],
  segments: [],
};
const made = {
  id: 5,
  member: ref(2, "陈嘉豪"),
  at: "2011-09-08T02:00:00Z",
  customers: 214,
  successors: [ref(3, "赵一鸣")],
};
const answers = {
  [`GET ${W}/people`]: people,
  [`GET ${W}/teams`]: teams,
  [`GET ${W}/handovers`]: [made],
  [`POST ${W}/people/2/handover/preview`]: preview,
  [`POST ${W}/people/2/handover`]: made,
  [`POST ${W}/handovers/5/undo`]: { changed: 214, undo_token: null },
};
const body = { tiers: [], segments: [], q: "", owner_id: 3, team_id: null };

async function open() {
  renderUi(
    <>
      <PeoplePage />
      <UndoToast />
    </>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "交接陈嘉豪的客户" }));
  return within(await screen.findByRole("dialog"));
}

describe("交接", () => {
  it("is previewed before it is done, and taken back", async () => {
    const asked = serve(answers);
    const dialog = await open();
    expect(dialog.getByRole("button", { name: "交接 0 个客户" })).toBeDisabled();
    await userEvent.selectOptions(dialog.getByLabelText("新负责人"), "3");
    await userEvent.click(dialog.getByRole("button", { name: /预\s?览/ }));
    expect(await dialog.findByText(/名下还有 12 条预警、15 项任务/)).toBeInTheDocument();
    expect(sent(asked, `POST ${W}/people/2/handover/preview`)).toEqual([body]);
    await userEvent.click(dialog.getByRole("button", { name: "交接 214 个客户" }));
    expect(await screen.findByText("已交接 214 家")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/handovers/5/undo`)).toHaveLength(1));
  });

  it("goes evenly over a team, for the customers that a filter names", async () => {
    const asked = serve(answers);
    const dialog = await open();
    await userEvent.selectOptions(dialog.getByLabelText("交给"), "team");
    await userEvent.selectOptions(dialog.getByLabelText("团队"), "1");
    await fill("名称或编号包含", " 灯 ");
    await userEvent.click(dialog.getByRole("button", { name: /预\s?览/ }));
    await waitFor(() =>
      expect(sent(asked, `POST ${W}/people/2/handover/preview`)).toEqual([
        { ...body, q: "灯", owner_id: null, team_id: 1 },
      ]),
    );
  });

  it("needs a new preview after a change", async () => {
    serve(answers);
    const dialog = await open();
    await userEvent.selectOptions(dialog.getByLabelText("新负责人"), "3");
    await userEvent.click(dialog.getByRole("button", { name: /预\s?览/ }));
    await dialog.findByRole("button", { name: "交接 214 个客户" });
    await userEvent.selectOptions(dialog.getByLabelText("交给"), "team");
    expect(dialog.getByRole("button", { name: "交接 0 个客户" })).toBeDisabled();
  });

  it("of earlier days can be taken back too", async () => {
    const asked = serve(answers);
    renderUi(<PeoplePage />);
    await userEvent.click(await screen.findByRole("button", { name: "撤销陈嘉豪的交接" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/handovers/5/undo`)).toHaveLength(1));
  });

  it("says why it was refused", async () => {
    serve({ ...answers, [`POST ${W}/people/2/handover/preview`]: refuse(422, "handover_nobody", "没有可接手的成员") });
    const dialog = await open();
    await userEvent.selectOptions(dialog.getByLabelText("新负责人"), "3");
    await userEvent.click(dialog.getByRole("button", { name: /预\s?览/ }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("没有可接手的成员");
  });

  it("asks for somebody first", () => {
    expect(isReady(EMPTY_HAND_OVER)).toBe(false);
    expect(handOverBody({ ...EMPTY_HAND_OVER, target: "3" })).toEqual(body);
  });
});

describe("请假与代办", () => {
  const ABSENCES = `${W}/absences`;
  const own = {
    id: 4,
    member: ref(1, "林晓雯"),
    deputy: ref(3, "赵一鸣"),
    starts_on: "2011-09-08",
    ends_on: "2011-09-12",
    is_now: true,
  };
  const found = {
    items: [own, { ...own, id: 5, member: ref(2, "陈嘉豪") }],
    deputies: [ref(1, "林晓雯"), ref(3, "赵一鸣")],
  };

  const manager = { workspace: workspaceOf({ permissions: ["handle"] }) };

  it("shows one's own, and ends it", async () => {
    const asked = serve({ [`GET ${ABSENCES}`]: found, [`DELETE ${ABSENCES}/4`]: { ok: true } });
    renderUi(<AbsencePanel />, manager);
    expect(await screen.findByText(/2011-09-08 至 2011-09-12，由赵一鸣代办/)).toBeInTheDocument();
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
    expect(screen.getByText("进行中")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "结束 2011-09-08 起的请假" }));
    await waitFor(() => expect(sent(asked, `DELETE ${ABSENCES}/4`)).toHaveLength(1));
  });

  it("is registered with days and somebody else as deputy", async () => {
    const asked = serve({ [`GET ${ABSENCES}`]: { ...found, items: [] }, [`POST ${ABSENCES}`]: own });
    renderUi(<AbsencePanel />);
    expect(await screen.findByText("没有登记请假")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "登记请假" })).toBeDisabled();
    await fill("开始日", "2011-09-10");
    await fill("结束日", "2011-09-12");
    expect(screen.queryByRole("option", { name: "林晓雯" })).not.toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("代办人"), "3");
    await userEvent.click(screen.getByRole("button", { name: "登记请假" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${ABSENCES}`)).toEqual([
        { starts_on: "2011-09-10", ends_on: "2011-09-12", deputy_id: 3, member_id: 1 },
      ]),
    );
  });

  it("is registered for somebody else by who leads, and shows whose it is", async () => {
    const asked = serve({
      [`GET ${ABSENCES}`]: { ...found, deputies: [...found.deputies, ref(2, "陈嘉豪")] },
      [`POST ${ABSENCES}`]: own,
    });
    renderUi(<AbsencePanel />);
    expect(await screen.findByText(/陈嘉豪：2011-09-08 至 2011-09-12/)).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("不在的人"), "2");
    await fill("开始日", "2011-09-20");
    await fill("结束日", "2011-09-21");
    await userEvent.selectOptions(screen.getByLabelText("代办人"), "1");
    await userEvent.click(screen.getByRole("button", { name: "登记请假" }));
    await waitFor(() => expect(sent(asked, `POST ${ABSENCES}`)[0]).toMatchObject({ member_id: 2, deputy_id: 1 }));
  });

  it("asks those who lead nobody only for their own days", async () => {
    serve({ [`GET ${ABSENCES}`]: found });
    renderUi(<AbsencePanel />, manager);
    await screen.findByLabelText("开始日");
    expect(screen.queryByLabelText("不在的人")).not.toBeInTheDocument();
  });

  it("says which days do not fit", async () => {
    serve({
      [`GET ${ABSENCES}`]: { ...found, items: [] },
      [`POST ${ABSENCES}`]: refuse(422, "absence_days", "请假日期不正确"),
    });
    renderUi(<AbsencePanel />);
    await screen.findByText("没有登记请假");
    await fill("开始日", "2011-09-12");
    await fill("结束日", "2011-09-10");
    await userEvent.selectOptions(screen.getByLabelText("代办人"), "3");
    await userEvent.click(screen.getByRole("button", { name: "登记请假" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("请假日期不正确");
  });
});
