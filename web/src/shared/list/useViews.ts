import { api, type Schemas } from "../api/client";
import { useSlug } from "../session/SessionContext";

export type ViewPage = Schemas["SavedViewIn"]["page"];

/** Parts of the address that are a place, not a filter. */
export const PLACES = ["cursor", "trail", "evidence"] as const;

/** Own and shared views of a page. */
export function useViews(page: ViewPage) {
  const slug = useSlug();
  const views = api.useQuery("get", "/api/v1/w/{slug}/views", { params: { path: { slug }, query: { page } } });
  const again = { onSuccess: () => void views.refetch() };
  const create = api.useMutation("post", "/api/v1/w/{slug}/views", again);
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/views/{view_id}", again);
  return { items: views.data ?? [], create, remove, slug };
}
