import { prefetchCharts } from "@/shared/ui/Chart";

/** Every page's code, loaded when its route is opened or its link is pointed at. */
export const pages = {
  dashboard: async () => {
    prefetchCharts();
    const { DashboardPage } = await import("@/features/dashboard/DashboardPage");
    return { Component: DashboardPage };
  },
  today: async () => ({ Component: (await import("@/features/today/TodayPage")).TodayPage }),
  alerts: async () => ({ Component: (await import("@/features/alerts/AlertsPage")).AlertsPage }),
  alert: async () => ({ Component: (await import("@/features/alerts/AlertPage")).AlertPage }),
  tasks: async () => ({ Component: (await import("@/features/tasks/TasksPage")).TasksPage }),
  task: async () => ({ Component: (await import("@/features/tasks/page/TaskPage")).TaskPage }),
  team: async () => ({ Component: (await import("@/features/team/TeamPage")).TeamPage }),
  reports: async () => ({ Component: (await import("@/features/reports/ReportsPage")).ReportsPage }),
  tickets: async () => ({ Component: (await import("@/features/tickets/TicketsPage")).TicketsPage }),
  ticket: async () => ({ Component: (await import("@/features/tickets/TicketPage")).TicketPage }),
  plans: async () => ({ Component: (await import("@/features/plans/PlansPage")).PlansPage }),
  customers: async () => ({ Component: (await import("@/features/customers/CustomersPage")).CustomersPage }),
  customer: async () => ({ Component: (await import("@/features/customer360/CustomerPage")).CustomerPage }),
  renewals: async () => ({ Component: (await import("@/features/renewals/RenewalsPage")).RenewalsPage }),
  data: async () => ({ Component: (await import("@/features/data-sources/DataPage")).DataPage }),
  importFile: async () => ({ Component: (await import("@/features/data-sources/ImportPage")).ImportPage }),
  rules: async () => ({ Component: (await import("@/features/rules/RulesPage")).RulesPage }),
  rule: async () => ({ Component: (await import("@/features/rules/RulePage")).RulePage }),
  playbooks: async () => ({ Component: (await import("@/features/playbooks/PlaybooksPage")).PlaybooksPage }),
  playbook: async () => ({ Component: (await import("@/features/playbooks/PlaybookPage")).PlaybookPage }),
  model: async () => {
    prefetchCharts();
    return { Component: (await import("@/features/model/ModelPage")).ModelPage };
  },
  mining: async () => ({ Component: (await import("@/features/mining/MiningPage")).MiningPage }),
  checkup: async () => ({ Component: (await import("@/features/mining/CheckupPage")).CheckupPage }),
  gallery: async () => ({ Component: (await import("@/features/gallery/GalleryPage")).GalleryPage }),
  scoring: async () => ({ Component: (await import("@/features/scoring/ScoringPage")).ScoringPage }),
  promise: async () => {
    prefetchCharts();
    const { PromisePage } = await import("@/features/promise/PromisePage");
    return { Component: PromisePage };
  },
  modelCard: async () => ({ Component: (await import("@/features/promise/CardPage")).CardPage }),
  loyalty: async () => ({ Component: (await import("@/features/loyalty/LoyaltyPage")).LoyaltyPage }),
  metrics: async () => ({ Component: (await import("@/features/metrics/MetricsPage")).MetricsPage }),
  metric: async () => ({ Component: (await import("@/features/metrics/MetricPage")).MetricPage }),
  segments: async () => ({ Component: (await import("@/features/segments/SegmentsPage")).SegmentsPage }),
  newSegment: async () => ({ Component: (await import("@/features/segments/NewSegmentPage")).NewSegmentPage }),
  segment: async () => ({ Component: (await import("@/features/segments/SegmentPage")).SegmentPage }),
  signals: async () => ({ Component: (await import("@/features/signals/SignalsPage")).SignalsPage }),
  signal: async () => ({ Component: (await import("@/features/signals/SignalPage")).SignalPage }),
  verification: async () => ({
    Component: (await import("@/features/verification/VerificationPage")).VerificationPage,
  }),
  feedback: async () => ({ Component: (await import("@/features/feedback/FeedbackPage")).FeedbackPage }),
  text: async () => ({ Component: (await import("@/features/text/TextPage")).TextPage }),
  readiness: async () => ({ Component: (await import("@/features/readiness/ReadinessPage")).ReadinessPage }),
  templates: async () => ({ Component: (await import("@/features/messages/TemplatesPage")).TemplatesPage }),
  touch: async () => ({ Component: (await import("@/features/governor/GovernorPage")).GovernorPage }),
  settings: async () => ({ Component: (await import("@/features/settings/SettingsPage")).SettingsPage }),
  profile: async () => ({ Component: (await import("@/features/settings/ProfilePage")).ProfilePage }),
  people: async () => ({ Component: (await import("@/features/settings/PeoplePage")).PeoplePage }),
  routing: async () => ({ Component: (await import("@/features/routing/RoutingPage")).RoutingPage }),
  watch: async () => ({ Component: (await import("@/features/watch/WatchPage")).WatchPage }),
  apiKeys: async () => ({ Component: (await import("@/features/settings/ApiKeysPage")).ApiKeysPage }),
  channels: async () => ({ Component: (await import("@/features/settings/ChannelsPage")).ChannelsPage }),
  workspace: async () => ({ Component: (await import("@/features/settings/WorkspacePage")).WorkspacePage }),
  personRequests: async () => ({
    Component: (await import("@/features/persons/PersonRequestsPage")).PersonRequestsPage,
  }),
  audit: async () => ({ Component: (await import("@/features/settings/AuditPage")).AuditPage }),
  keeping: async () => ({ Component: (await import("@/features/keeping/KeepingPage")).KeepingPage }),
  operations: async () => ({ Component: (await import("@/features/operations/OperationsPage")).OperationsPage }),
  sidebar: async () => ({ Component: (await import("@/features/wecom/SidebarPage")).SidebarPage }),
  login: async () => ({ Component: (await import("@/features/auth/LoginPage")).LoginPage }),
  reset: async () => ({ Component: (await import("@/features/auth/ResetPage")).ResetPage }),
  setup: async () => ({ Component: (await import("@/features/auth/SetupPage")).SetupPage }),
  invitation: async () => ({ Component: (await import("@/features/auth/InvitationPage")).InvitationPage }),
  newWorkspace: async () => ({ Component: (await import("@/features/workspaces/NewWorkspacePage")).NewWorkspacePage }),
  loadingWorkspace: async () => ({ Component: (await import("@/features/workspaces/LoadingPage")).LoadingPage }),
} as const;

export type PageName = keyof typeof pages;

export function prefetchPage(name: PageName): void {
  void pages[name]();
}
