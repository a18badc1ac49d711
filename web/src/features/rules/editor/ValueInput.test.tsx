import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { catalogue } from "../testing/fixtures";
import { columnOf, stageValue } from "../testing/stage";
import type { Operand } from "../tree/operands";
import type { Value } from "../tree/syntax";
import { ValueInput } from "./ValueInput";

function open(name: string, operand: Operand, first: Value = null) {
  const column = columnOf(name);
  return stageValue(first, (value, onChange) => (
    <ValueInput column={column} operand={operand} value={value} onChange={onChange} />
  ));
}
const pick = async (label: string) =>
  userEvent.click(await screen.findByText(label, { selector: ".ant-select-item-option-content" }));

describe("the value of a condition", () => {
  it("is not asked for where the comparison needs none", () => {
    open("tags", "none");
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
    expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
  });

  it("is a number in the column's own unit", async () => {
    const put = open("order_amount_90", "number");
    await fill("数值", "500");
    expect(put.at(-1)).toBe(500);
  });

  it("is entered as percent and kept as a share", async () => {
    const put = open("order_drop", "number", 0.3);
    expect(screen.getByLabelText("数值")).toHaveValue("30");
    await fill("数值", "12.5");
    expect(put.at(-1)).toBe(0.125);
  });

  it("says nothing, not zero, when it is emptied", async () => {
    const put = open("order_amount_90", "number", 500);
    await fill("数值", "");
    expect(put).toEqual([null]);
  });

  it("is one of the column's own values, in words", async () => {
    const put = open("tier", "text");
    await userEvent.selectOptions(screen.getByLabelText("文字"), "高价值");
    await userEvent.selectOptions(screen.getByLabelText("文字"), "");
    expect(put).toEqual(["high", null]);
  });

  it("keeps a value that the column has no more, so that opening a rule does not change it", () => {
    open("tier", "text", "platinum");
    expect(screen.getByLabelText("文字")).toHaveValue("platinum");
  });

  it("is free text where the column lists nothing", async () => {
    const put = open("attr.city", "text");
    await fill("文字", "杭州");
    await fill("文字", "");
    expect(put).toEqual(["杭州", null]);
  });

  it("is whole days", async () => {
    const put = open("last_order_at", "days", 30);
    await fill("天数", "45");
    expect(put.at(-1)).toBe(45);
  });
});

describe("a range", () => {
  it("takes its ends in either order of typing", async () => {
    const put = open("order_drop", "range", []);
    await fill("上限", "50");
    expect(screen.getByLabelText("下限")).toHaveValue("");
    expect(screen.getByLabelText("上限")).toHaveValue("50");
    await fill("下限", "10");
    expect(put.at(-1)).toEqual([0.1, 0.5]);
  });

  it("leaves the other end where it stands when one is emptied", async () => {
    const put = open("order_amount_90", "range", [100, 900]);
    await fill("下限", "");
    expect(put.at(-1)).toEqual([900]);
    expect(screen.getByLabelText("上限")).toHaveValue("900");
    await fill("上限", "");
    expect(put.at(-1)).toEqual([]);
  });

  it("shows both ends of what is stored", () => {
    open("order_amount_90", "range", [100, 900]);
    expect(screen.getByLabelText("下限")).toHaveValue("100");
    expect(screen.getByLabelText("上限")).toHaveValue("900");
  });
});

describe("comparing with another column", () => {
  it("offers columns of the same type, without the one that is compared", async () => {
    const put = open("order_amount_90", "number", 500);
    await userEvent.selectOptions(screen.getByLabelText("与什么比较"), "另一字段");
    expect(put.at(-1)).toEqual({ column: "" });
    await userEvent.click(screen.getByLabelText("另一字段"));
    await screen.findByText("前90天下单金额", { selector: ".ant-select-item-option-content" });
    const shown = [...document.querySelectorAll(".ant-select-item-option")].map((one) => one.getAttribute("title"));
    expect(shown).toEqual(["前90天下单金额", "下单降幅", "风险分"]);
    await pick("前90天下单金额");
    expect(put.at(-1)).toEqual({ column: "order_amount_prior_90" });
  });

  it("takes a share of it, and something more; an emptied factor keeps what was there", async () => {
    const put = open("order_amount_90", "number", { column: "order_amount_prior_90" });
    await fill("倍数", "0.8");
    await fill("倍数", "0.6");
    await fill("加", "50");
    expect(put.at(-1)).toEqual({ column: "order_amount_prior_90", times: 0.6, plus: 50 });
  });

  it("forgets the other column when a plain number is wanted again", async () => {
    const put = open("order_amount_90", "number", { column: "order_amount_prior_90" });
    await userEvent.selectOptions(screen.getByLabelText("与什么比较"), "数值");
    expect(put.at(-1)).toBeNull();
    expect(screen.getByLabelText("数值", { selector: "input" })).toHaveValue("");
  });
});

describe("a moment", () => {
  it("is a day", async () => {
    const put = open("last_order_at", "moment", "2011-06-01T00:00:00Z");
    expect(screen.getByLabelText("日期")).toHaveValue("2011-06-01");
    await userEvent.clear(screen.getByLabelText("日期"));
    expect(put.at(-1)).toBeNull();
  });

  it("is another moment, so many days earlier", async () => {
    const put = open("last_order_at", "moment");
    await userEvent.selectOptions(screen.getByLabelText("与什么比较"), "另一字段");
    await userEvent.click(screen.getByLabelText("另一字段"));
    await pick("合同到期");
    await fill("天数偏移", "-30");
    expect(put.at(-1)).toEqual({ column: "contract.ends_on", days: -30 });
  });
});

describe("several values", () => {
  it("are chosen from what the column takes", async () => {
    const put = open("tier", "list", ["high"]);
    await userEvent.click(screen.getByLabelText("取值"));
    await pick("中价值");
    expect(put.at(-1)).toEqual(["high", "mid"]);
  });

  it("are typed where the column lists nothing, also with a Chinese comma between", async () => {
    const put = open("attr.city", "list", []);
    await userEvent.click(screen.getByLabelText("取值"));
    await userEvent.paste("杭州、宁波，");
    expect(put.at(-1)).toEqual(["杭州", "宁波"]);
  });

  it("are none where something else stood there", () => {
    open("tier", "list", "high");
    expect(document.querySelector(".ant-select-selection-item")).toBeNull();
  });
});

it("an owner is chosen by name and kept by number", async () => {
  const owner = { ...columnOf("score"), choices: [{ value: "3", label: "林晓雯" }] };
  const put = stageValue(
    null,
    (value, onChange) => <ValueInput column={owner} operand="number" value={value} onChange={onChange} />,
    { ...catalogue, columns: [owner] },
  );
  await userEvent.selectOptions(screen.getByLabelText("数值"), "林晓雯");
  expect(put).toEqual([3]);
});
