import type { ReactNode } from "react";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { Library } from "./signals.logic";

export interface LibraryPageProps {
  title: string;
  /** What stands beside the title: when the signals were last told, or that they never were. */
  meta: (when: string | null) => string;
  children: (library: Library) => ReactNode;
}

/** A page about the whole library of signals. */
export function LibraryPage({ title, meta, children }: LibraryPageProps) {
  const slug = useSlug();
  const format = useFormat();
  const library = api.useQuery("get", "/api/v1/w/{slug}/signals", { params: { path: { slug } } });
  const { data } = library;
  return (
    <>
      <PageHeader title={title} meta={meta(data?.as_of ? format.dayTime(data.as_of) : null)} />
      {library.isError && <ErrorState error={library.error} retry={() => void library.refetch()} />}
      {library.isPending && <SkeletonRows rows={8} />}
      {data && children(data)}
    </>
  );
}
