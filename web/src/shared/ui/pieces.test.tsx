import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderUi } from "../testing/renderUi";
import { Field } from "./Field";
import { FormError } from "./FormError";
import { JobProgress } from "./JobProgress";
import { NativeSelect } from "./NativeSelect";
import { PageHeader } from "./PageHeader";
import { Panel } from "./Panel";
import { Popover } from "./Popover";
import { SimpleTable } from "./SimpleTable";
import { SkeletonRows } from "./Skeletons";
import { Spark } from "./Spark";

describe("a field", () => {
  it("ties label, hint and fault to its control", () => {
    renderUi(
      <Field label="邮箱" hint="用来登录" error="格式不对">
        {(control) => <input id={control.id} aria-describedby={control["aria-describedby"]} />}
      </Field>,
    );
    expect(screen.getByLabelText("邮箱")).toHaveAccessibleDescription("格式不对");
    expect(screen.getByRole("alert")).toHaveTextContent("格式不对");
  });

  it("falls back to its hint", () => {
    renderUi(
      <Field label="邮箱" hint="用来登录">
        {(control) => <input id={control.id} aria-describedby={control["aria-describedby"]} />}
      </Field>,
    );
    expect(screen.getByLabelText("邮箱")).toHaveAccessibleDescription("用来登录");
  });
});

describe("a form's fault", () => {
  it("is nothing without one", () => {
    expect(renderUi(<FormError error={null} />).container).toBeEmptyDOMElement();
  });

  it("says a fault once, by the field's own name", () => {
    const error = {
      code: "coupon_kind",
      message: "优惠券有 1 处不对：「9」太大",
      params: {},
      faults: [{ where: "least_spend", message: "「9」太大" }],
      request_id: "r",
    };
    renderUi(<FormError error={error} nameOf={(where) => (where === "least_spend" ? "最低消费" : undefined)} />);
    expect(screen.getByRole("alert")).toHaveTextContent("优惠券有 1 处不对最低消费 「9」太大");
  });
  it("names every place", () => {
    renderUi(
      <FormError
        error={{
          code: "x",
          message: "有 2 处不对",
          params: {},
          faults: [
            { where: "a", message: "缺少" },
            { where: "", message: "太长" },
          ],
        }}
      />,
    );
    expect(
      within(screen.getByRole("alert"))
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual(["a 缺少", "太长"]);
  });
});

describe("panels and headings", () => {
  it("name their region and the browser's tab", () => {
    renderUi(
      <>
        <PageHeader title="客户" meta="共 5 家" actions={<button type="button">导入</button>} />
        <Panel title="任务">内容</Panel>
      </>,
    );
    expect(screen.getByRole("region", { name: "任务" })).toHaveTextContent("内容");
    expect(screen.getByRole("heading", { level: 1, name: "客户" })).toBeInTheDocument();
    expect(document.title).toBe("客户 · 留客");
  });
});

describe("a popover", () => {
  const menu = () =>
    renderUi(
      <>
        <Popover
          label="菜单"
          trigger={(props) => (
            <button type="button" {...props}>
              打开
            </button>
          )}
        >
          {(close) => (
            <button type="button" onClick={close}>
              选择
            </button>
          )}
        </Popover>
        <p>别处</p>
      </>,
    );

  it("opens, says so, and closes by choice, by Escape and by a click elsewhere", async () => {
    menu();
    const button = screen.getByRole("button", { name: "打开" });
    expect(button).toHaveAttribute("aria-expanded", "false");
    const gone = () => expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    await userEvent.click(button);
    expect(button).toHaveAttribute("aria-expanded", "true");
    await userEvent.click(screen.getByRole("button", { name: "选择" }));
    gone();
    await userEvent.click(button);
    await userEvent.keyboard("{Escape}");
    gone();
    expect(button).toHaveFocus();
    await userEvent.click(button);
    await userEvent.click(screen.getByText("别处"));
    gone();
  });
});

describe("small things", () => {
  it("a table carries each title to its cells, for the phone's cards", () => {
    renderUi(
      <SimpleTable
        label="成员"
        rows={[{ id: 1, name: "林晓雯" }]}
        rowKey={({ id }) => id}
        columns={[{ key: "name", title: "姓名", render: ({ name }) => name, end: true }]}
      />,
    );
    expect(screen.getByRole("columnheader", { name: "姓名" })).toBeInTheDocument();
    expect(screen.getByRole("cell", { name: "林晓雯" })).toHaveAttribute("data-title", "姓名");
    expect(screen.getByRole("region", { name: "成员" })).toHaveAttribute("tabindex", "0");
  });

  it("a select answers with its value", async () => {
    const change = vi.fn();
    renderUi(
      <NativeSelect
        aria-label="客群"
        value=""
        options={[
          { value: "", label: "全部" },
          { value: "fr", label: "France" },
        ]}
        onChange={change}
      />,
    );
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "客群" }), "France");
    expect(change).toHaveBeenCalledWith("fr");
  });

  it("progress is a number for everybody", () => {
    renderUi(<JobProgress job={{ progress: 0.256, stage: "读取文件" }} />);
    expect(screen.getByRole("progressbar", { name: "读取文件" })).toHaveAttribute("aria-valuenow", "26");
    expect(screen.getByText("26%")).toBeInTheDocument();
  });

  it("loading is said once", () => {
    renderUi(<SkeletonRows rows={3} />);
    expect(screen.getByRole("status")).toHaveTextContent("正在加载");
  });

  it("a spark line is decoration unless it has a name", () => {
    renderUi(<Spark values={[1, 2, 3]} />);
    expect(screen.queryByRole("img")).not.toBeInTheDocument();
    renderUi(<Spark values={[1, 2, 3]} label="近 12 周风险分" />);
    expect(screen.getByRole("img", { name: "近 12 周风险分" })).toBeInTheDocument();
  });
});
