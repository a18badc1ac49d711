import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { BackupsPanel } from "./BackupsPanel";
import { RetentionPanel } from "./RetentionPanel";
import "./keeping.css";

/** 备份与保留: what is safe, and how long what happened is kept. */
export function KeepingPage() {
  return useCan()("sources") ? <Look /> : <NoPermission />;
}

function Look() {
  const slug = useSlug();
  const found = api.useQuery("get", "/api/v1/w/{slug}/keeping", { params: { path: { slug } } });
  const again = () => void found.refetch();
  if (found.isError && !found.data) return <ErrorState error={found.error} retry={again} />;
  if (!found.data) return <SkeletonRows />;
  return (
    <>
      <BackupsPanel found={found.data} onChanged={again} />
      <RetentionPanel retention={found.data.retention} onChanged={again} />
    </>
  );
}
