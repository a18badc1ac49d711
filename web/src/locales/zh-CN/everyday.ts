import antdLocale from "antd/locale/zh_CN";
import alerts from "./alerts.json";
import auth from "./auth.json";
import common from "./common.json";
import dashboard from "./dashboard.json";
import list from "./list.json";
import messengers from "./messengers.json";
import shell from "./shell.json";
import tasks from "./tasks.json";
import team from "./team.json";
import today from "./today.json";
import work from "./work.json";
import workspaces from "./workspaces.json";

/** The words of the frame and of the pages that people land on: loaded before the first page. */
export const words = {
  alerts,
  auth,
  common,
  dashboard,
  list,
  messengers,
  shell,
  tasks,
  team,
  today,
  work,
  workspaces,
};
export type Words = typeof words;
export { antdLocale };
