import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ComponentType, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { CapsFields } from "./CapsFields";
import { HoursFields } from "./HoursFields";
import { MoneyFields } from "./MoneyFields";
import type { Policy } from "./policy.logic";
import { policy } from "./testing/fixtures";

interface FieldsProps {
  policy: Policy;
  onChange: (policy: Policy) => void;
}

/** Renders a part of the form with the policy that it changes; returns what was changed last. */
function edit(Fields: ComponentType<FieldsProps>, start: Policy = policy.policy) {
  const onChange = vi.fn<(next: Policy) => void>();
  function Editing() {
    const [value, setValue] = useState(start);
    const change = (next: Policy) => {
      onChange(next);
      setValue(next);
    };
    return <Fields policy={value} onChange={change} />;
  }
  renderUi(<Editing />);
  return { onChange, last: () => onChange.mock.lastCall?.[0] as Policy };
}

describe("BEY-08 frequency caps", () => {
  it("show each purpose by day, week and month", () => {
    edit(CapsFields);
    expect(screen.getByLabelText("营销 每 7 天")).toHaveValue("2");
    expect(screen.getByLabelText("服务 每 30 天")).toHaveValue("30");
  });

  it("are set for one medium apart from the others, and gone with their last number", async () => {
    const { last } = edit(CapsFields, { ...policy.policy, medium_caps: {} });
    await fill("短信 每 7 天", "2");
    expect(last().medium_caps).toEqual({ sms: { day: null, week: 2, month: null } });
    expect(last().caps).toEqual(policy.policy.caps);
    await fill("短信 每 7 天", "");
    expect(last().medium_caps).toEqual({});
  });

  it("are lifted by an empty field, for that span alone", async () => {
    const { last } = edit(CapsFields);
    await fill("营销 每天", "");
    expect(last().caps.marketing).toEqual({ day: null, week: 2, month: 4 });
    expect(last().caps.service).toEqual(policy.policy.caps.service);
  });

  it("take no text that is not a whole number", async () => {
    const { last } = edit(CapsFields);
    await fill("服务 每天", "-3");
    expect(last().caps.service?.day).toBeNull();
    expect(screen.getByLabelText("服务 每天")).toHaveValue("");
  });

  it("begin from nothing where a purpose has none yet", async () => {
    const { last } = edit(CapsFields, { ...policy.policy, caps: {} });
    await fill("服务 每 7 天", "5");
    expect(last().caps).toEqual({ service: { day: null, week: 5, month: null } });
  });
});

describe("BEY-08 hours and holidays", () => {
  it("change one weekday of one purpose", async () => {
    const { last } = edit(HoursFields);
    await fill("营销 周日", "closed");
    expect(last().hours.marketing).toEqual([...Array(6).fill("09:00-20:00"), "closed"]);
    expect(last().hours.service).toEqual(policy.policy.hours.service);
  });

  it("refuse or send marketing on holidays", async () => {
    const { last } = edit(HoursFields);
    expect(screen.getByLabelText("法定节假日的营销消息")).toHaveValue("defer");
    await userEvent.selectOptions(screen.getByLabelText("法定节假日的营销消息"), "不发送");
    expect(last().holiday).toBe("refuse");
  });

  it("read an empty number of days as none", async () => {
    const { last } = edit(HoursFields);
    await fill("最多推迟天数", "");
    expect(last().defer_days).toBe(0);
    await fill("最多推迟天数", "7");
    expect(last().defer_days).toBe(7);
  });
});

describe("BEY-08 money and fair prices", () => {
  it("take away a budget with an empty field and keep the other", async () => {
    const { last } = edit(MoneyFields);
    await fill("每个流程对每位客户的花费须低于（GBP）", "");
    await fill("每个流程总花费上限（GBP），留空不限", " 2000 ");
    expect([last().per_head, last().per_playbook]).toEqual([null, "2000"]);
  });

  it("count a text message as free where no cost is written", async () => {
    const { last } = edit(MoneyFields, { ...policy.policy, costs: { sms: "0.05", email: "0.01" } });
    await fill("每条短信成本（GBP）", "");
    expect(last().costs).toEqual({ sms: "0", email: "0.01" });
  });

  it("hold an offer at least a day", async () => {
    const { last } = edit(MoneyFields);
    await fill("同一分组保持同一优惠的天数", "");
    expect(last().fair_days).toBe(1);
  });

  it("bar data from deciding an offer, however the list is separated", async () => {
    const { last } = edit(MoneyFields);
    await fill("不得决定优惠的数据", "willingness_to_pay，income、 device");
    await userEvent.tab();
    expect(last().barred_inputs).toEqual(["willingness_to_pay", "income", "device"]);
  });

  it("let mails tell of their opening only when somebody ticks it, and say what the mail says", async () => {
    const { last } = edit(MoneyFields);
    expect(screen.getByRole("checkbox", { name: /统计是否打开/ })).not.toBeChecked();
    expect(screen.queryByLabelText("邮件内的告知文字")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("checkbox", { name: /统计是否打开/ }));
    await fill("邮件内的告知文字", "会统计打开");
    expect(last()).toEqual({ ...policy.policy, open_pixel: true, pixel_notice: "会统计打开" });
  });

  it("go into a dry run with a tick and nothing else", async () => {
    const { last } = edit(MoneyFields);
    await userEvent.click(screen.getByRole("checkbox", { name: /演练模式/ }));
    expect(last()).toEqual({ ...policy.policy, dry_run: true });
  });
});
