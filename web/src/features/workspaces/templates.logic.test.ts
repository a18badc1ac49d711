import { expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { afterCreation, industries, SAMPLE, type Template } from "./templates.logic";

const template = (key: string): Template => ({
  key,
  name: key,
  description: "",
  currency: "CNY",
  country: "CN",
  time_zone: "Asia/Shanghai",
  counting_word: "家",
  churn_days: 180,
  churn_kinds: ["下单"],
  weights: [{ signal: "SIG-42", name: "静默客户", points: 49 }],
  rules: ["临近流失"],
  tags: ["高频"],
});

it("keeps the sample apart from the industries", () => {
  expect(industries([template(SAMPLE), template("saas")]).map(({ key }) => key)).toEqual(["saas"]);
});

it("waits for the sample and sends everybody else to the import", () => {
  const workspace = workspaceOf({ slug: "demo" });
  expect(afterCreation({ workspace, job_id: 7 })).toBe("/workspaces/demo/loading/7");
  expect(afterCreation({ workspace, job_id: null })).toBe("/w/demo/data/import");
});
