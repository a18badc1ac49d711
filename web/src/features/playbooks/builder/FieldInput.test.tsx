import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { fieldOf } from "../testing/fixtures";
import { stage } from "../testing/stage";
import type { FlowField } from "../types";
import { FieldInput } from "./FieldInput";

const put: unknown[] = [];

function Holder({ field, first }: { field: FlowField; first: unknown }) {
  const [value, setValue] = useState(first);
  const keep = (next: unknown) => {
    put.push(next);
    setValue(next);
  };
  return <FieldInput field={field} value={value} onChange={keep} />;
}

function open(kind: string, first: unknown = undefined, change: Partial<FlowField> = {}) {
  put.length = 0;
  stage(<Holder field={fieldOf("x", kind, { label: "甲", ...change })} first={first} />);
}
const last = () => put.at(-1);

describe("a field of a step", () => {
  it.each([
    ["whole", "7", 7],
    ["number", "2.5", 2.5],
    ["money", "88.8", 88.8],
    ["share", "12.5", 0.125],
    ["text", "电话", "电话"],
    ["long_text", "您好", "您好"],
  ])("of the kind %s keeps %s as %j", async (kind, typed, kept) => {
    open(kind);
    await fill("甲", typed);
    expect(last()).toEqual(kept);
  });

  it("shows a share as percent", () => {
    open("share", 0.125);
    expect(screen.getByLabelText("甲")).toHaveValue("12.5");
  });

  it("takes no more than the field allows, and whole numbers whole", async () => {
    open("whole", undefined, { low: 1, high: 30 });
    await fill("甲", "99.6");
    await userEvent.tab();
    expect(last()).toBe(30);
  });

  it("says nothing, not zero, when a number is emptied", async () => {
    open("whole", 7);
    await fill("甲", "");
    expect(last()).toBeNull();
  });

  it("is ticked or not", async () => {
    open("flag");
    await userEvent.click(screen.getByLabelText("甲"));
    await userEvent.click(screen.getByLabelText("甲"));
    expect(put).toEqual([true, false]);
  });

  it("names people by their number and templates by their code", async () => {
    open("member");
    await userEvent.selectOptions(screen.getByLabelText("甲"), "林晓雯");
    expect(last()).toBe(3);
  });

  it("keeps a template's code as text", async () => {
    open("template");
    await userEvent.selectOptions(screen.getByLabelText("甲"), "日常关怀");
    expect(last()).toBe("care");
  });

  it("leaves a choice open only where it need not be made", async () => {
    open("member", 3, { required: false });
    expect(screen.getByText("不指定")).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("甲"), "");
    expect(last()).toBeNull();
  });

  it("takes several of its own choices", async () => {
    const choices = [
      { value: "medium", label: "中级预警" },
      { value: "high", label: "高危预警" },
    ];
    open("choices", ["medium"], { choices });
    await userEvent.click(screen.getByLabelText("甲"));
    await userEvent.click(await screen.findByText("高危预警", { selector: ".ant-select-item-option-content" }));
    expect(last()).toEqual(["medium", "high"]);
  });

  it("reads nothing wrong into a value of another kind", () => {
    open("choices", "high");
    expect(screen.getByLabelText("甲")).toBeInTheDocument();
    expect(document.querySelector(".ant-select-selection-item")).toBeNull();
  });
});
