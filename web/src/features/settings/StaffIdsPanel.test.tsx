import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import type { Person } from "./PeoplePage";
import { StaffIdsPanel } from "./StaffIdsPanel";
import { given } from "./staffIds.logic";

const person = (id: number, name: string, is_active = true) =>
  ({ id, name, email: `${id}@x.test`, is_active }) as Person;
const LIST = "GET /api/v1/w/demo/staff-addresses";
const PUT = "PUT /api/v1/w/demo/people/1/addresses";
const ROSTER = "POST /api/v1/w/demo/staff-roster";
const IDS = [{ person_id: 1, wecom: "zhangwei", dingtalk: "", feishu: "" }];
const SEEN = {
  lines: [{ line: 2, name: "李娜", wecom: "lina", dingtalk: "d2", feishu: "" }],
  rejects: [{ line: 3, got: "x@x.test", reason: "没有这个邮箱的成员" }],
  same: 1,
};
const show = () =>
  renderUi(<StaffIdsPanel people={[person(1, "张伟"), person(2, "李娜"), person(3, "已离职", false)]} />);

describe("ids of members in messengers", () => {
  it("shows those of active members and saves what is typed", async () => {
    const asked = serve({ [LIST]: IDS, [PUT]: IDS[0] });
    show();
    const field = await screen.findByLabelText("张伟的企业微信账号");
    expect(field).toHaveValue("zhangwei");
    expect(screen.queryByLabelText("已离职的企业微信账号")).not.toBeInTheDocument();
    await userEvent.clear(field);
    await userEvent.type(field, " ZhangWei2 {enter}");
    await waitFor(() => expect(sent(asked, PUT)[0]).toEqual({ wecom: "ZhangWei2" }));
  });

  it("asks nothing where nothing changed and tells why an id is refused", async () => {
    const asked = serve({ [LIST]: IDS, [PUT]: refuse(409, "staff_address_taken", "该账号已属于另一位成员") });
    show();
    const field = await screen.findByLabelText("张伟的钉钉账号");
    await userEvent.click(field);
    await userEvent.tab();
    expect(sent(asked, PUT)).toEqual([]);
    await userEvent.type(field, "d1{enter}");
    expect(await screen.findByText("该账号已属于另一位成员")).toBeInTheDocument();
  });

  it("looks at a roster before it writes it", async () => {
    const asked = serve({ [LIST]: IDS, [ROSTER]: SEEN });
    show();
    await userEvent.click(await screen.findByRole("button", { name: "导入花名册" }));
    await userEvent.type(screen.getByLabelText("或粘贴内容"), "email,wecom");
    await userEvent.click(screen.getByRole("button", { name: /预\s?览/ }));
    expect(await screen.findByText("李娜 lina · d2")).toBeInTheDocument();
    expect(within(screen.getByLabelText("不能写入的行")).getByText(/第 3 行/)).toHaveTextContent("没有这个邮箱的成员");
    await userEvent.click(screen.getByRole("button", { name: "写入 1 人" }));
    await waitFor(() =>
      expect(sent(asked, ROSTER)).toEqual([
        { text: "email,wecom", apply: false },
        { text: "email,wecom", apply: true },
      ]),
    );
  });

  it("must be looked at again when the text changes", async () => {
    serve({ [LIST]: IDS, [ROSTER]: SEEN });
    show();
    await userEvent.click(await screen.findByRole("button", { name: "导入花名册" }));
    await userEvent.type(screen.getByLabelText("或粘贴内容"), "a");
    await userEvent.click(screen.getByRole("button", { name: /预\s?览/ }));
    await screen.findByText("李娜 lina · d2");
    await userEvent.type(screen.getByLabelText("或粘贴内容"), "b");
    expect(screen.queryByText("李娜 lina · d2")).not.toBeInTheDocument();
  });

  it("writes a line's ids as one text", () => {
    expect(given({ line: 1, name: "x", wecom: "a", dingtalk: "", feishu: "c" })).toBe("a · c");
  });
});
