import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useSession, WorkspaceContext } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { rememberWorkspace } from "./gates";
import { Shell } from "./Shell";

/** Everything under /w/:slug: the workspace of the address, or the answer that there is none for this person. */
export function WorkspaceLayout() {
  const { t } = useTranslation("shell");
  const { slug = "" } = useParams();
  const { workspaces } = useSession();
  const workspace = workspaces.find((candidate) => candidate.slug === slug);
  useEffect(() => {
    if (workspace) rememberWorkspace(workspace.slug);
  }, [workspace]);
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
      <Shell key={workspace.slug} />
    </WorkspaceContext>
  );
}
