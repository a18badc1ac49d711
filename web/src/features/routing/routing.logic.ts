import type { Schemas } from "@/shared/api/client";

export type Plan = Schemas["RoutingPlanOut"];
export type Route = Schemas["RouteOut"];
export type LadderStep = Schemas["LadderStepOut"];
export type Options = Schemas["RoutingOptionsOut"];

export const ROUTE_LEVELS = ["high", "medium", "early"] as const;
export const TIERS = ["high", "mid", "low"] as const;
export const MOST_ROUTES = 40;
export const MOST_STEPS = 6;

/** A new row: it needs a condition before it can be published. */
export function newRoute(): Route {
  return {
    name: "",
    tiers: [],
    levels: ["high"],
    families: [],
    signals: [],
    teams: [],
    tell: ["owner"],
    channels: ["all"],
    sla_hours: null,
    pace: "now",
    hours: "working",
  };
}

export const isDefault = (plan: Plan, row: number) => row === plan.routes.length - 1;

/** New rows come first: the first that matches holds. */
export const addRoute = (plan: Plan): Plan => ({ ...plan, routes: [newRoute(), ...plan.routes] });

export const copyRoute = (plan: Plan, row: number): Plan => {
  const copied = plan.routes[row];
  if (!copied) return plan;
  const copy = isDefault(plan, row) ? { ...copied, levels: ["high" as const] } : copied;
  return { ...plan, routes: plan.routes.toSpliced(row, 0, structuredClone(copy)) };
};

export const removeRoute = (plan: Plan, row: number): Plan =>
  isDefault(plan, row) ? plan : { ...plan, routes: plan.routes.toSpliced(row, 1) };

export const changeRoute = (plan: Plan, row: number, change: Partial<Route>): Plan => ({
  ...plan,
  routes: plan.routes.map((route, place) => (place === row ? { ...route, ...change } : route)),
});

/** One place up or down; the last row stays the last. */
export function moveRoute(plan: Plan, row: number, by: -1 | 1): Plan {
  const to = row + by;
  const moved = plan.routes[row];
  if (!moved || to < 0 || isDefault(plan, row) || isDefault(plan, to)) return plan;
  return { ...plan, routes: plan.routes.toSpliced(row, 1).toSpliced(to, 0, moved) };
}

export const changeSteps = (plan: Plan, steps: LadderStep[]): Plan => ({ ...plan, ladder: { ...plan.ladder, steps } });

export const sameOptions = (values: readonly string[], options: Options["tell"]) =>
  values.map((value) => options.find((option) => option.value === value)?.label ?? value);

export const samePlan = (one: Plan, other: Plan) => JSON.stringify(one) === JSON.stringify(other);
