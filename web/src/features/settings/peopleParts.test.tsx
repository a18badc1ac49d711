import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { AbsencePanel } from "./AbsencePanel";
import { ChannelCallback } from "./ChannelCallback";
import { HandOverModal } from "./HandOverModal";
import { HandOverPreview } from "./HandOverPreview";
import { HandOversPanel } from "./HandOversPanel";
import { EMPTY_HAND_OVER, handOverBody, isReady } from "./handover.logic";
import { InviteModal } from "./InviteModal";
import { PersonModal } from "./PersonModal";
import { given } from "./staffIds.logic";
import { people, personOf, teams, webhook } from "./testing/fixtures";

const W = "/api/v1/w/demo";
const ref = (id: number, name: string, team: string | null = null) => ({ id, name, team });

describe("a member", () => {
  const open = (person = personOf({ customers: 0 }), answers: Record<string, unknown> = {}) => {
    const asked = serve(answers);
    const onClose = vi.fn();
    renderUi(<PersonModal person={person} people={people} teams={teams} onClose={onClose} />);
    return { asked, onClose };
  };

  it("without customers leaves without a successor", async () => {
    const { asked, onClose } = open(undefined, { [`PATCH ${W}/people/2`]: personOf() });
    await userEvent.click(await screen.findByRole("switch", { name: "登录" }));
    expect(screen.queryByLabelText("客户交接给")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent(asked, `PATCH ${W}/people/2`)).toEqual([{ role: "manager", team_id: 1, is_active: false }]);
  });

  it("who has left is taken back without a question", async () => {
    open(personOf({ is_active: false }));
    await userEvent.click(await screen.findByRole("switch", { name: "登录" }));
    expect(screen.queryByLabelText("客户交接给")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "保存" })).toBeEnabled();
  });

  it("hands customers only to people who may own them and are there", async () => {
    open(personOf());
    await userEvent.click(await screen.findByRole("switch", { name: "登录" }));
    await userEvent.click(screen.getByLabelText("客户交接给"));
    expect(await screen.findByTitle("赵一鸣")).toBeInTheDocument();
    expect(screen.queryByTitle("林晓雯")).not.toBeInTheDocument();
  });

  it("who is the last admin stays, with the reason", async () => {
    const { onClose } = open(personOf({ customers: 0 }), {
      [`PATCH ${W}/people/2`]: refuse(409, "last_admin", "至少保留一位管理员"),
    });
    await userEvent.click(await screen.findByRole("button", { name: "保存" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("至少保留一位管理员");
    expect(onClose).not.toHaveBeenCalled();
  });

  it("is invited with what the role may do beside it, and an address that is one", async () => {
    serve({});
    renderUi(<InviteModal teams={teams} onClose={() => undefined} />);
    expect(await screen.findByText("看自己的客户并跟进")).toBeInTheDocument();
    await fill("姓名", "吴佳怡");
    await fill("邮箱", "wu@");
    expect(screen.getByRole("button", { name: "生成邀请链接" })).toBeDisabled();
  });

  it("is found in messengers under the ids that a roster gives", () => {
    expect(given({ wecom: "wu", dingtalk: "", feishu: "ou_1" } as never)).toBe("wu · ou_1");
  });
});

describe("交接", () => {
  const preview = {
    customers: 2,
    alerts: 1,
    items: 3,
    left: 4,
    shares: [{ person: ref(3, "赵一鸣"), customers: 2, annual_value: 1000 }],
    moves: [
      {
        customer: { id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false },
        tier: "high" as const,
        annual_value: 900,
        successor: ref(3, "赵一鸣"),
      },
    ],
    segments: ["批发", "零售"],
  };

  it("goes to one person or over one team, never both", () => {
    const form = { ...EMPTY_HAND_OVER, target: "4", tiers: ["high" as const], segments: ["批发"] };
    expect(handOverBody(form)).toMatchObject({ owner_id: 4, team_id: null, tiers: ["high"], segments: ["批发"] });
    expect(handOverBody({ ...form, how: "team" })).toMatchObject({ owner_id: null, team_id: 4 });
    expect(isReady(form)).toBe(true);
  });

  it("says what each gets, what stays, and which customers go", () => {
    renderUi(<HandOverPreview preview={preview} />);
    expect(screen.getByText("交接 2 家；名下还有 1 条预警、3 项任务随客户转移，剩余 4 家")).toBeInTheDocument();
    expect(screen.getByText("赵一鸣：2 家，年消费 £1,000")).toBeInTheDocument();
    expect(screen.getByText("宁波瑞安")).toBeInTheDocument();
  });

  it("offers segments once it is known that there are several", async () => {
    serve({ [`POST ${W}/people/2/handover/preview`]: preview });
    renderUi(<HandOverModal person={personOf()} people={people} teams={teams} onClose={() => undefined} />);
    await screen.findByRole("dialog");
    expect(screen.queryByLabelText("分群")).not.toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("新负责人"), "赵一鸣 · 华东组");
    await userEvent.click(screen.getByRole("button", { name: /预\s?览/ }));
    expect(await screen.findByLabelText("分群")).toBeInTheDocument();
  });

  it("names only those who may own customers, not the one who leaves", async () => {
    serve({});
    const away = personOf({ id: 9, name: "离职者", is_active: false });
    renderUi(<HandOverModal person={personOf()} people={[...people, away]} teams={teams} onClose={() => undefined} />);
    const heirs = within(await screen.findByLabelText("新负责人")).getAllByRole("option");
    expect(heirs.map(({ textContent }) => textContent)).toEqual(["请选择", "赵一鸣 · 华东组"]);
  });

  it("lists what stands with all who took over, and nothing where there is none", async () => {
    const made = { id: 5, member: ref(2, "陈嘉豪"), at: "2011-09-08T02:00:00Z", customers: 2 };
    serve({ [`GET ${W}/handovers`]: [{ ...made, successors: [ref(3, "赵一鸣"), ref(4, "吴佳怡")] }] });
    const { unmount } = renderUi(<HandOversPanel />);
    expect(await screen.findByRole("listitem")).toHaveTextContent("陈嘉豪 → 赵一鸣、吴佳怡：2 家 2011-09-08");
    unmount();
    const asked = serve({ [`GET ${W}/handovers`]: [] });
    renderUi(<HandOversPanel />);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByText("最近的交接")).not.toBeInTheDocument();
  });
});

describe("请假与代办", () => {
  const path = `${W}/absences`;
  const deputies = [ref(1, "林晓雯"), ref(3, "赵一鸣", "华东组")];

  it("is not for those who are no members", () => {
    serve({ [`GET ${path}`]: { items: [], deputies } });
    renderUi(<AbsencePanel />, { workspace: workspaceOf({ membership_id: null }) });
    expect(screen.queryByText("请假与代办")).not.toBeInTheDocument();
  });

  it("does not mark as present what lies ahead, and empties the form afterwards", async () => {
    const own = {
      id: 4,
      member: ref(1, "林晓雯"),
      deputy: deputies[1],
      starts_on: "2011-10-01",
      ends_on: "2011-10-02",
    };
    serve({ [`GET ${path}`]: { items: [{ ...own, is_now: false }], deputies }, [`POST ${path}`]: own });
    renderUi(<AbsencePanel />);
    expect(await screen.findByText("2011-10-01 至 2011-10-02，由赵一鸣代办")).toBeInTheDocument();
    expect(screen.queryByText("进行中")).not.toBeInTheDocument();
    await fill("开始日", "2011-11-01");
    await fill("结束日", "2011-11-02");
    await userEvent.selectOptions(screen.getByLabelText("代办人"), "赵一鸣 · 华东组");
    await userEvent.click(screen.getByRole("button", { name: "登记请假" }));
    await waitFor(() => expect(screen.getByLabelText("开始日")).toHaveValue(""));
  });

  it("can be asked for again when it could not be read", async () => {
    const answers = vi
      .fn()
      .mockReturnValueOnce(refuse(500, "broken", "出错了"))
      .mockReturnValue({ items: [], deputies });
    serve({ [`GET ${path}`]: () => answers() });
    renderUi(<AbsencePanel />);
    await userEvent.click(await screen.findByRole("button", { name: "重试" }));
    expect(await screen.findByText("没有登记请假")).toBeInTheDocument();
  });
});

describe("the address that a vendor calls", () => {
  const channel = {
    ...webhook,
    callback_url: "https://liuke.example.com/api/callbacks/2/abc",
    callback_public: true,
    last_callback_at: "2011-09-08T02:00:00Z",
  };

  it("says when it was called last and is copied", async () => {
    const user = userEvent.setup();
    renderUi(<ChannelCallback channel={channel} onChanged={() => undefined} />);
    expect(screen.getByText("回调地址 · 最近回调 2011-09-08 03:00")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "复制回调地址" }));
    expect(await navigator.clipboard.readText()).toBe(channel.callback_url);
  });
});
