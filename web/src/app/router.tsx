import type { ComponentType } from "react";
import { createBrowserRouter, Navigate, type NonIndexRouteObject, type RouteObject } from "react-router";
import { Home, NotFound, SignedIn, Visitor, WorkspaceHome } from "./gates";
import { speakMore } from "./i18n";
import { pages } from "./pages";
import { RouteError } from "./RouteError";
import { Splash } from "./Splash";
import { WorkspaceLayout } from "./WorkspaceLayout";

interface WorkspaceRoute extends Omit<NonIndexRouteObject, "children" | "lazy"> {
  lazy?: () => Promise<{ Component: ComponentType }>;
  children?: WorkspaceRoute[];
}

/** A page's words come beside its code. */
const withWords = (routes: WorkspaceRoute[]): RouteObject[] =>
  routes.map(({ lazy, children, ...route }) => ({
    ...route,
    ...(lazy && { lazy: async () => (await Promise.all([lazy(), speakMore()]))[0] }),
    ...(children && { children: withWords(children) }),
  }));

const workspaceRoutes = [
  { index: true, element: <WorkspaceHome /> },
  { path: "dashboard", lazy: pages.dashboard },
  { path: "today", lazy: pages.today },
  ...withWords([
    { path: "alerts", lazy: pages.alerts, children: [{ path: ":alertId", lazy: pages.alert }] },
    { path: "tasks", lazy: pages.tasks },
    { path: "tasks/:itemId", lazy: pages.task },
    { path: "team", lazy: pages.team },
    { path: "reports/:week?", lazy: pages.reports },
    { path: "tickets", lazy: pages.tickets },
    { path: "tickets/:ticketId", lazy: pages.ticket },
    { path: "plans", lazy: pages.plans },
    { path: "customers", lazy: pages.customers },
    { path: "customers/watch", lazy: pages.watch },
    { path: "customers/:customerId", lazy: pages.customer },
    { path: "renewals", lazy: pages.renewals },
    { path: "data", lazy: pages.data },
    { path: "data/import", lazy: pages.importFile },
    { path: "data/import/:batchId", lazy: pages.importFile },
    { path: "rules", lazy: pages.rules },
    { path: "rules/new", lazy: pages.rule },
    { path: "rules/:ruleId", lazy: pages.rule },
    { path: "playbooks", lazy: pages.playbooks },
    { path: "playbooks/new", lazy: pages.playbook },
    { path: "playbooks/:playbookId", lazy: pages.playbook },
    { path: "scoring", lazy: pages.scoring },
    { path: "gallery", lazy: pages.gallery },
    { path: "segments", lazy: pages.segments },
    { path: "templates", lazy: pages.templates },
    { path: "segments/new", lazy: pages.newSegment },
    { path: "segments/:tagId", lazy: pages.segment },
    { path: "signals", lazy: pages.signals },
    { path: "signals/:code", lazy: pages.signal },
    { path: "readiness", lazy: pages.readiness },
    { path: "verification", lazy: pages.verification },
    { path: "text", lazy: pages.text },
    { path: "model/:number?", lazy: pages.model },
    { path: "model/promise", lazy: pages.promise },
    { path: "model/:number/card", lazy: pages.modelCard },
    { path: "mining", lazy: pages.mining },
    { path: "feedback", lazy: pages.feedback },
    { path: "checkup/:runId?", lazy: pages.checkup },
    { path: "loyalty", lazy: pages.loyalty },
    { path: "metrics", lazy: pages.metrics },
    { path: "metrics/new", lazy: pages.metric },
    { path: "metrics/:code", lazy: pages.metric },
    {
      path: "settings",
      lazy: pages.settings,
      children: [
        { path: "profile", lazy: pages.profile },
        { path: "people", lazy: pages.people },
        { path: "routing", lazy: pages.routing },
        { path: "api-keys", lazy: pages.apiKeys },
        { path: "channels", lazy: pages.channels },
        { path: "touch", lazy: pages.touch },
        { path: "workspace", lazy: pages.workspace },
        { path: "personal-data", lazy: pages.personRequests },
        { path: "audit", lazy: pages.audit },
        { path: "operations", lazy: pages.operations },
        { path: "keeping", lazy: pages.keeping },
      ],
    },
  ]),
  { path: "*", element: <NotFound /> },
];

/** Made on first render, after the words are loaded. */
export function makeRouter() {
  return createBrowserRouter([
    {
      errorElement: <RouteError />,
      hydrateFallbackElement: <Splash />,
      children: [
        { index: true, element: <Home /> },
        {
          element: <Visitor />,
          children: [
            { path: "login", lazy: pages.login },
            { path: "reset/:key?", lazy: pages.reset },
            { path: "setup", lazy: pages.setup },
            { path: "invite/:token", lazy: pages.invitation },
            { path: "invitations/:token", lazy: pages.invitation },
          ],
        },
        {
          element: <SignedIn />,
          children: [
            { path: "workspaces/new", lazy: pages.newWorkspace },
            { path: "workspaces/:slug/loading/:jobId", lazy: pages.loadingWorkspace },
            {
              path: "w/:slug/sidebar",
              element: <WorkspaceLayout bare />,
              children: [
                { errorElement: <RouteError inside />, children: withWords([{ path: "", lazy: pages.sidebar }]) },
              ],
            },
            {
              path: "w/:slug",
              element: <WorkspaceLayout />,
              children: [{ errorElement: <RouteError inside />, children: workspaceRoutes }],
            },
          ],
        },
        { path: "*", element: <Navigate to="/" replace /> },
      ],
    },
  ]);
}
