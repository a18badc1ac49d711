import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useParams } from "react-router";
import { useSession, WorkspaceContext } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { rememberWorkspace } from "./gates";
import { speakMore } from "./i18n";
import { Shell } from "./Shell";

/** Everything under /w/:slug: the workspace of the address, or the answer that there is none for this person. `bare` = no frame. */
export function WorkspaceLayout({ bare = false }: { bare?: boolean }) {
  const { t } = useTranslation("shell");
  const { slug = "" } = useParams();
  const { workspaces } = useSession();
  const workspace = workspaces.find((candidate) => candidate.slug === slug);
  useEffect(() => {
    if (workspace) rememberWorkspace(workspace.slug);
  }, [workspace]);
  useEffect(() => {
    void speakMore().catch(() => undefined); // the page that needs them asks again, and says so
  }, []);
  if (!workspace) {
    return (
      <EmptyState title={t("noWorkspace")} text={t("noWorkspaceText")}>
        {workspaces.map(({ slug: other, name }) => (
          <Link key={other} to={`/w/${other}`}>
            {name}
          </Link>
        ))}
      </EmptyState>
    );
  }
  return (
    <WorkspaceContext value={workspace}>
      {bare ? <Outlet key={workspace.slug} /> : <Shell key={workspace.slug} />}
    </WorkspaceContext>
  );
}
