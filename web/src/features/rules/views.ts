/** The parts of a rule's page, as in its address. */
export const VIEWS = ["edit", "backtest", "customers"] as const;
export type RuleView = (typeof VIEWS)[number];

export const viewOf = (text: string): RuleView => VIEWS.find((view) => view === text) ?? "edit";
