import antdLocale from "antd/locale/en_US";
import type { Words } from "../zh-CN";
import alerts from "./alerts.json";
import auth from "./auth.json";
import backtests from "./backtests.json";
import common from "./common.json";
import customer360 from "./customer360.json";
import customers from "./customers.json";
import dashboard from "./dashboard.json";
import dataSources from "./dataSources.json";
import gallery from "./gallery.json";
import governor from "./governor.json";
import help from "./help.json";
import list from "./list.json";
import loyalty from "./loyalty.json";
import messages from "./messages.json";
import messengers from "./messengers.json";
import metrics from "./metrics.json";
import plans from "./plans.json";
import playbooks from "./playbooks.json";
import readiness from "./readiness.json";
import renewals from "./renewals.json";
import reports from "./reports.json";
import routing from "./routing.json";
import rules from "./rules.json";
import scoring from "./scoring.json";
import segments from "./segments.json";
import settings from "./settings.json";
import shell from "./shell.json";
import signals from "./signals.json";
import tasks from "./tasks.json";
import team from "./team.json";
import tickets from "./tickets.json";
import today from "./today.json";
import verification from "./verification.json";
import work from "./work.json";
import workspaces from "./workspaces.json";

export const words = {
  alerts,
  auth,
  backtests,
  common,
  customer360,
  customers,
  dashboard,
  dataSources,
  gallery,
  governor,
  help,
  list,
  loyalty,
  messages,
  messengers,
  metrics,
  plans,
  playbooks,
  readiness,
  renewals,
  reports,
  routing,
  rules,
  scoring,
  segments,
  settings,
  shell,
  signals,
  tasks,
  team,
  tickets,
  today,
  verification,
  work,
  workspaces,
} satisfies Words;
export { antdLocale };
