import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { customerOf } from "../testing/people";
import { ApprovalsPanel } from "./ApprovalsPanel";

const BASE = "/api/v1/w/demo/playbooks/approvals";
const asking = (id: number, name: string) => ({
  id,
  playbook: "召回",
  customer: customerOf(id + 4, name),
  text: "给 9 折优惠吗",
  asked_at: "2011-09-08T02:00:00Z",
  due_at: "2011-09-12T02:00:00Z",
});
const both = [asking(3, "华东灯具"), asking(4, "北辰家居")];
const open = (list: unknown = both, answer: unknown = { ok: true }) => {
  const asked = serve({ [`GET ${BASE}`]: list, [`POST ${BASE}/3`]: answer, [`POST ${BASE}/4`]: answer });
  renderUi(<ApprovalsPanel />);
  return asked;
};

describe("what waits for approval", () => {
  it("says what is asked, for whom, by which flow and until when", async () => {
    open();
    expect(await screen.findByText("等你审批 2")).toBeInTheDocument();
    expect(screen.getByText("华东灯具")).toHaveAttribute("href", "/w/demo/customers/7");
    expect(screen.getAllByText("给 9 折优惠吗")).toHaveLength(2);
    expect(screen.getAllByText(/2011-09-12 03:00 前决定/)).toHaveLength(2);
  });

  it("sends the answer with its note, for the one that was meant", async () => {
    const asked = open();
    await screen.findByText("等你审批 2");
    await fill("给 北辰家居 的审批意见", "毛利不够");
    await userEvent.click(screen.getByLabelText("不同意 北辰家居"));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/4`)).toEqual([{ approved: false, note: "毛利不够" }]));
    expect(sent(asked, `POST ${BASE}/3`)).toEqual([]);
  });

  it("asks the server anew after an answer, and is gone when nothing is left", async () => {
    let left = [asking(3, "华东灯具")];
    open(
      () => left,
      () => {
        left = [];
        return { ok: true };
      },
    );
    await userEvent.click(await screen.findByLabelText("同意 华东灯具"));
    await waitFor(() => expect(screen.queryByText(/等你审批/)).not.toBeInTheDocument());
  });

  it("keeps the question and the note when the answer was refused", async () => {
    const asked = open(both, refuse(409, "approval_over", "已过期"));
    await screen.findByText("等你审批 2");
    await fill("给 华东灯具 的审批意见", "可以");
    await userEvent.click(screen.getByLabelText("同意 华东灯具"));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/3`)).toHaveLength(1));
    expect(screen.getByLabelText("给 华东灯具 的审批意见")).toHaveValue("可以");
  });

  it("is not there while nothing is asked", async () => {
    const asked = open([]);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByRole("region")).not.toBeInTheDocument();
  });
});
