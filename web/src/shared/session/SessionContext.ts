import { createContext, useContext } from "react";
import type { Schemas } from "../api/client";

export type Session = Schemas["SessionOut"];
export type Workspace = Schemas["WorkspaceOut"];

/** All that the server lets a role do; the server decides, this only hides what would be refused. */
export type Permission =
  | "personal_data"
  | "handle"
  | "assign"
  | "export"
  | "import"
  | "ingest"
  | "track"
  | "sources"
  | "channels"
  | "publish"
  | "people"
  | "workspace"
  | "audit";

export const SessionContext = createContext<Session | null>(null);
export const WorkspaceContext = createContext<Workspace | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside of the app");
  return session;
}

/** The workspace in the address; its `now` is the only "now" that pages show. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace outside of /w/:slug");
  return workspace;
}

export const useSlug = () => useWorkspace().slug;
export const useBands = () => useWorkspace().bands;

/** `const can = useCan(); can("assign")` */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useWorkspace();
  return (permission) => permissions.includes(permission);
}

/** Whether the role sees customers at all (IT does not). */
export const useSeesCustomers = () => useWorkspace().scope !== "none";

/** `to("/alerts")` → `/w/demo/alerts` */
export function useTo(): (path: string) => string {
  const slug = useSlug();
  return (path) => `/w/${slug}${path}`;
}
