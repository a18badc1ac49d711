import type { Schemas } from "@/shared/api/client";

export type Template = Schemas["TemplateOut"];

export const SAMPLE = "sample";

/** Industry templates apart from the sample, which is a choice of its own. */
export function industries(templates: readonly Template[]): Template[] {
  return templates.filter(({ key }) => key !== SAMPLE);
}

/** The job's page where the sample is loading, else the import of own data. */
export function afterCreation({ workspace, job_id }: Schemas["WorkspaceCreatedOut"]): string {
  return job_id === null ? `/w/${workspace.slug}/data/import` : `/workspaces/${workspace.slug}/loading/${job_id}`;
}
