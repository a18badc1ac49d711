import {
  AlertOutlined,
  ApiOutlined,
  AppstoreOutlined,
  BranchesOutlined,
  CheckSquareOutlined,
  CommentOutlined,
  ContactsOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FilterOutlined,
  FunctionOutlined,
  FundOutlined,
  GiftOutlined,
  HomeOutlined,
  MessageOutlined,
  QuestionCircleOutlined,
  RadarChartOutlined,
  SafetyOutlined,
  SearchOutlined,
  SettingOutlined,
  SlidersOutlined,
  SmileOutlined,
  TagsOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { Permission, Workspace } from "@/shared/session/SessionContext";
import type { PageName } from "./pages";

export interface NavItem {
  key:
    | "today"
    | "dashboard"
    | "alerts"
    | "tasks"
    | "team"
    | "reports"
    | "tickets"
    | "plans"
    | "customers"
    | "renewals"
    | "rules"
    | "playbooks"
    | "gallery"
    | "scoring"
    | "loyalty"
    | "metrics"
    | "mining"
    | "model"
    | "segments"
    | "templates"
    | "verification"
    | "text"
    | "feedback"
    | "signals"
    | "readiness"
    | "data"
    | "settings"
    | "me";
  path: string;
  page: PageName;
  icon: typeof AlertOutlined;
  /** Shown only to roles that see customers. */
  customers?: boolean;
  /** Shown to roles that see more than their own customers. */
  leads?: boolean;
  /** Shown to roles with any of these. */
  anyOf?: readonly Permission[];
  counted?: "alerts" | "tasks";
}

export interface NavGroup {
  key: "work" | "strategy" | "insight" | "foot";
  items: readonly NavItem[];
}

const alerts: NavItem = {
  key: "alerts",
  path: "/alerts",
  page: "alerts",
  icon: AlertOutlined,
  customers: true,
  counted: "alerts",
};
const tasks: NavItem = {
  key: "tasks",
  path: "/tasks",
  page: "tasks",
  icon: CheckSquareOutlined,
  customers: true,
  counted: "tasks",
};
const customers: NavItem = {
  key: "customers",
  path: "/customers",
  page: "customers",
  icon: TeamOutlined,
  customers: true,
};

const GROUPS: readonly NavGroup[] = [
  {
    key: "work",
    items: [
      { key: "dashboard", path: "/dashboard", page: "dashboard", icon: DashboardOutlined, customers: true },
      alerts,
      tasks,
      { key: "team", path: "/team", page: "team", icon: UsergroupAddOutlined, customers: true },
      { key: "tickets", path: "/tickets", page: "tickets", icon: ContactsOutlined, customers: true },
      customers,
      {
        key: "verification",
        path: "/verification",
        page: "verification",
        icon: QuestionCircleOutlined,
        customers: true,
      },
      { key: "text", path: "/text", page: "text", icon: CommentOutlined, customers: true },
      { key: "feedback", path: "/feedback", page: "feedback", icon: SmileOutlined, customers: true },
      { key: "renewals", path: "/renewals", page: "renewals", icon: FileDoneOutlined, customers: true },
      { key: "reports", path: "/reports", page: "reports", icon: FileTextOutlined, leads: true },
    ],
  },
  {
    key: "strategy",
    items: [
      { key: "rules", path: "/rules", page: "rules", icon: FilterOutlined, customers: true },
      { key: "plans", path: "/plans", page: "plans", icon: SafetyOutlined, customers: true },
      { key: "playbooks", path: "/playbooks", page: "playbooks", icon: BranchesOutlined, customers: true },
      { key: "gallery", path: "/gallery", page: "gallery", icon: AppstoreOutlined, customers: true },
      { key: "scoring", path: "/scoring", page: "scoring", icon: SlidersOutlined, customers: true },
      { key: "segments", path: "/segments", page: "segments", icon: TagsOutlined, customers: true },
      { key: "templates", path: "/templates", page: "templates", icon: MessageOutlined, customers: true },
      { key: "signals", path: "/signals", page: "signals", icon: RadarChartOutlined, customers: true },
      { key: "loyalty", path: "/loyalty", page: "loyalty", icon: GiftOutlined, customers: true },
      { key: "metrics", path: "/metrics", page: "metrics", icon: FunctionOutlined, customers: true },
    ],
  },
  {
    key: "insight",
    items: [
      { key: "model", path: "/model", page: "model", icon: ExperimentOutlined, customers: true },
      { key: "mining", path: "/mining", page: "mining", icon: SearchOutlined, leads: true },
    ],
  },
  {
    key: "foot",
    items: [
      { key: "data", path: "/data", page: "data", icon: ApiOutlined, anyOf: ["import", "sources"] },
      { key: "readiness", path: "/readiness", page: "readiness", icon: FundOutlined },
      { key: "settings", path: "/settings", page: "settings", icon: SettingOutlined },
    ],
  },
];

const TABS: readonly NavItem[] = [
  { key: "today", path: "/today", page: "today", icon: HomeOutlined, customers: true },
  alerts,
  tasks,
  customers,
  { key: "data", path: "/data", page: "data", icon: ApiOutlined, anyOf: ["sources"] },
  { key: "me", path: "/settings", page: "settings", icon: UserOutlined },
];

type Viewer = Pick<Workspace, "permissions" | "scope">;

export function mayOpen(item: NavItem, viewer: Viewer): boolean {
  if (item.customers && viewer.scope === "none") return false;
  if (item.leads && !["all", "team"].includes(viewer.scope)) return false;
  return !item.anyOf || item.anyOf.some((permission) => viewer.permissions.includes(permission));
}

export function navGroups(viewer: Viewer): NavGroup[] {
  return GROUPS.map((group) => ({ ...group, items: group.items.filter((item) => mayOpen(item, viewer)) })).filter(
    (group) => group.items.length > 0,
  );
}

/** At most five tabs: those who see customers do not get the data tab. */
export function phoneTabs(viewer: Viewer): NavItem[] {
  return TABS.filter((item) => mayOpen(item, viewer) && (item.key !== "data" || viewer.scope === "none"));
}

/** Where a workspace opens: 今日 on the phone, 预警看板 on the desktop, 数据接入 for IT. */
export function homePath(viewer: Viewer, phone: boolean): string {
  if (viewer.scope === "none") return "/data";
  return phone ? "/today" : "/dashboard";
}

/** Links of the server may or may not carry the workspace. */
export function linkIn(slug: string, link: string): string {
  if (link.startsWith("/w/")) return link;
  return `/w/${slug}${link.startsWith("/") ? "" : "/"}${link}`;
}
