import { useTranslation } from "react-i18next";
import { Link, Navigate, Outlet, useLocation } from "react-router";
import { usePhone } from "@/shared/lib/useMedia";
import { useSession, useTo, useWorkspace } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { homePath } from "./navigation";

const LAST = "liuke.workspace";

export function rememberWorkspace(slug: string): void {
  localStorage.setItem(LAST, slug);
}

/** The address `/`: the last workspace, else the first, else a new one. */
export function Home() {
  const { needs_setup, me, workspaces } = useSession();
  if (needs_setup) return <Navigate to="/setup" replace />;
  if (!me) return <Navigate to="/login" replace />;
  const last = localStorage.getItem(LAST);
  const workspace = workspaces.find(({ slug }) => slug === last) ?? workspaces[0];
  return <Navigate to={workspace ? `/w/${workspace.slug}` : "/workspaces/new"} replace />;
}

/** Pages for people who are not logged in; the first run always comes first. */
export function Visitor() {
  const { needs_setup } = useSession();
  const { pathname } = useLocation();
  if (needs_setup && pathname !== "/setup") return <Navigate to="/setup" replace />;
  if (!needs_setup && pathname === "/setup") return <Navigate to="/" replace />;
  return <Outlet />;
}

export function SignedIn() {
  const { me, needs_setup } = useSession();
  const { pathname, search } = useLocation();
  if (needs_setup) return <Navigate to="/setup" replace />;
  if (!me) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
  return <Outlet />;
}

export function WorkspaceHome() {
  const to = useTo();
  return <Navigate to={to(homePath(useWorkspace(), usePhone()))} replace />;
}

export function NotFound() {
  const { t } = useTranslation("common");
  return (
    <EmptyState title={t("error.notFound")} text={t("error.notFoundText")}>
      <Link to="/">{t("action.back")}</Link>
    </EmptyState>
  );
}
