import { api } from "@/shared/api/client";
import { useSeesCustomers, useSlug } from "@/shared/session/SessionContext";

/** Open alerts and tasks of the person, for the navigation. */
export function useWorkCounts(): { alerts?: number; tasks?: number } {
  const slug = useSlug();
  const enabled = useSeesCustomers();
  const path = { params: { path: { slug } } };
  const alerts = api.useQuery("get", "/api/v1/w/{slug}/alerts/counts", path, { enabled });
  const tasks = api.useQuery("get", "/api/v1/w/{slug}/work-items/counts", path, { enabled });
  return { alerts: alerts.data && (alerts.data.mine || alerts.data.all), tasks: tasks.data?.open };
}
