import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { setWidth } from "@/shared/testing/screenSize";
import { ruleOf, versionOf } from "../testing/fixtures";
import { RULES_URL, type RulesUrl } from "./list.logic";
import { RuleResults } from "./RuleResults";

const rules = [
  ruleOf({ id: 1, name: "大客户骤降", pack: "高价值客户", matched_now: 12 }),
  ruleOf({
    id: 2,
    name: "沉默客户",
    enabled: false,
    live: null,
    draft: versionOf({ status: "trial" }),
    matched_now: 30,
  }),
  ruleOf({ id: 3, name: "旧规则", archived: true }),
];
const onPacks = vi.fn();

function Held({ first, shown, mayEdit }: { first: Partial<RulesUrl>; shown: typeof rules; mayEdit: boolean }) {
  const [url, setUrl] = useState({ ...RULES_URL, ...first });
  const change = (part: Partial<RulesUrl>) => setUrl((now) => ({ ...now, ...part }));
  return <RuleResults rules={shown} url={url} change={change} onPacks={onPacks} mayEdit={mayEdit} />;
}
const open = (first: Partial<RulesUrl> = {}, shown = rules, mayEdit = true) => {
  setWidth(1440);
  renderUi(<Held first={first} shown={shown} mayEdit={mayEdit} />);
};
const names = () => screen.getAllByRole("link").map(({ textContent }) => textContent);
async function filter(label: string, value: string) {
  await userEvent.click(screen.getByText(label, { selector: "button, button *" }));
  await userEvent.click(await screen.findByLabelText(value));
}

afterEach(() => {
  onPacks.mockClear();
});

describe("the list of rules and its filters", () => {
  it("leaves archived rules out until they are asked for", async () => {
    open();
    expect(names()).toEqual(["大客户骤降", "沉默客户"]);
    await filter("已归档", "只看已归档");
    await waitFor(() => expect(names()).toEqual(["旧规则"]));
  });

  it("narrows by state", async () => {
    open();
    await filter("状态", "试运行");
    await waitFor(() => expect(names()).toEqual(["沉默客户"]));
  });

  it("narrows by the switch, apart from the state", async () => {
    open();
    await filter("启用状态", "停用");
    await waitFor(() => expect(names()).toEqual(["沉默客户"]));
  });

  it("tells rules of a pack from those that people made", async () => {
    open();
    await filter("规则包", "自建");
    await waitFor(() => expect(names()).toEqual(["沉默客户"]));
  });

  it("asks for no pack where no rule came from one", () => {
    open({}, rules.slice(1));
    expect(screen.queryByText("规则包")).not.toBeInTheDocument();
  });

  it("says that nothing fits, and lets go of all filters at once", async () => {
    open({ q: "没有这个", status: "draft" });
    expect(screen.queryByRole("link")).not.toBeInTheDocument();
    const [clear] = screen.getAllByText("清除筛选").slice(-1);
    await userEvent.click(clear as HTMLElement);
    await waitFor(() => expect(names()).toEqual(["大客户骤降", "沉默客户"]));
  });

  it("sorts by a column, and the other way round on the second press", async () => {
    open();
    const head = screen.getByText("现在命中");
    await userEvent.click(head);
    const once = names();
    await userEvent.click(head);
    expect(names()).toEqual([...once].reverse());
  });

  it("unfolds a long rule on demand", async () => {
    const sentences = Array.from({ length: 6 }, (_, nth) => ({
      depth: 0,
      text: `条件 ${nth}`,
      place: `when.all.${nth}`,
    }));
    open({}, [ruleOf({ sentences })]);
    expect(screen.queryByText("条件 5")).not.toBeInTheDocument();
    await userEvent.click(screen.getByText(/6/, { selector: "button.link-button" }));
    expect(screen.getByText("条件 5")).toBeInTheDocument();
  });
});

describe("a workspace without rules", () => {
  it("offers packs to those who may edit", async () => {
    open({}, []);
    await userEvent.click(screen.getByText("从规则包开始"));
    expect(onPacks).toHaveBeenCalled();
  });

  it("offers nothing to those who may not", () => {
    open({}, [], false);
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});
