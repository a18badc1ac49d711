import type { Words } from "../zh-CN/more";
import backtests from "./backtests.json";
import chances from "./chances.json";
import customer360 from "./customer360.json";
import customers from "./customers.json";
import dataSources from "./dataSources.json";
import feedback from "./feedback.json";
import gallery from "./gallery.json";
import governor from "./governor.json";
import help from "./help.json";
import keeping from "./keeping.json";
import links from "./links.json";
import loyalty from "./loyalty.json";
import messages from "./messages.json";
import metrics from "./metrics.json";
import mining from "./mining.json";
import model from "./model.json";
import operations from "./operations.json";
import persons from "./persons.json";
import plans from "./plans.json";
import playbooks from "./playbooks.json";
import promise from "./promise.json";
import readiness from "./readiness.json";
import renewals from "./renewals.json";
import reports from "./reports.json";
import routing from "./routing.json";
import rules from "./rules.json";
import scoring from "./scoring.json";
import segments from "./segments.json";
import settings from "./settings.json";
import signals from "./signals.json";
import text from "./text.json";
import tickets from "./tickets.json";
import verification from "./verification.json";

/** The words of all other pages: they come with the first of them. */
export const words = {
  backtests,
  chances,
  customer360,
  customers,
  dataSources,
  feedback,
  gallery,
  governor,
  help,
  keeping,
  links,
  loyalty,
  messages,
  metrics,
  mining,
  model,
  persons,
  operations,
  plans,
  playbooks,
  promise,
  readiness,
  renewals,
  reports,
  routing,
  rules,
  scoring,
  segments,
  settings,
  signals,
  text,
  tickets,
  verification,
} satisfies Words;
