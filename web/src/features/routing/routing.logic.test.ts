import { describe, expect, it } from "vitest";
import {
  addRoute,
  changeRoute,
  changeSteps,
  copyRoute,
  isDefault,
  moveRoute,
  newRoute,
  removeRoute,
  sameOptions,
  samePlan,
} from "./routing.logic";
import { planOf, routeOf, routingOf } from "./testing/fixtures";

const names = (plan = planOf()) => plan.routes.map(({ name }) => name);

describe("the routing table", () => {
  it("takes a new row first, where it can hold", () => {
    expect(names(addRoute(planOf()))).toEqual(["", "大客户高危", "投诉", ""]);
    expect(newRoute().levels).toEqual(["high"]);
  });

  it("moves rows, but never the last one and never below it", () => {
    expect(names(moveRoute(planOf(), 1, -1))).toEqual(["投诉", "大客户高危", ""]);
    expect(names(moveRoute(planOf(), 0, 1))).toEqual(["投诉", "大客户高危", ""]);
    for (const [row, by] of [
      [0, -1],
      [1, 1],
      [2, -1],
    ] as const)
      expect(moveRoute(planOf(), row, by)).toEqual(planOf());
  });

  it("keeps the last row whatever is deleted", () => {
    expect(names(removeRoute(planOf(), 0))).toEqual(["投诉", ""]);
    expect(removeRoute(planOf(), 2)).toEqual(planOf());
    expect(isDefault(planOf(), 2)).toBe(true);
  });

  it("copies a row beside it; a copy of the last one asks for a level", () => {
    expect(names(copyRoute(planOf(), 0))).toEqual(["大客户高危", "大客户高危", "投诉", ""]);
    expect(copyRoute(planOf(), 2).routes[2]?.levels).toEqual(["high"]);
    expect(copyRoute(planOf(), 9)).toEqual(planOf());
  });

  it("changes one row and leaves the others", () => {
    const plan = changeRoute(planOf(), 1, { sla_hours: 4 });
    expect(plan.routes.map((route) => route.sla_hours)).toEqual([8, 4, null]);
    expect(samePlan(plan, planOf())).toBe(false);
    expect(samePlan(planOf(), planOf())).toBe(true);
  });

  it("changes the steps of the ladder", () => {
    expect(changeSteps(planOf(), []).ladder).toEqual({ ...planOf().ladder, steps: [] });
  });

  it("names options by their words, and what is gone by itself", () => {
    expect(sameOptions(["owner", "person:9"], routingOf().options.tell)).toEqual(["负责人", "person:9"]);
    expect(routeOf({ name: "x" }).name).toBe("x");
  });
});
