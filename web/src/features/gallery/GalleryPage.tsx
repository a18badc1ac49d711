import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRefreshRules } from "@/features/rules/useRefreshRules";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug, useTo, useWorkspace } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { notifyDone } from "@/shared/ui/notify";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { GALLERY_URL, onShelf, SHELVES, shelfOf, templateOf } from "./gallery.logic";
import { PackCard } from "./PackCard";
import "./gallery.css";

/** NCD-02: templates by industry and kind of customer; applying one makes drafts, nothing goes live. */
export function GalleryPage() {
  const { t } = useTranslation("gallery");
  const slug = useSlug();
  const to = useTo();
  const { industry } = useWorkspace();
  const mayEdit = useCan()("publish");
  const refresh = useRefreshRules();
  const [url, change] = useUrlState(GALLERY_URL);
  const shelf = shelfOf(url.shelf);
  const templates = api.useQuery("get", "/api/v1/templates");
  const packs = api.useQuery("get", "/api/v1/w/{slug}/rules/packs", { params: { path: { slug } } });
  const apply = api.useMutation("post", "/api/v1/w/{slug}/rules/packs/{code}/apply", {
    onSuccess: (rules) => {
      notifyDone(t("applied", { count: rules.length }));
      void refresh();
    },
  });
  const applying = apply.isPending ? apply.variables.params.path.code : null;
  const shown = packs.data ? onShelf(packs.data, shelf, industry) : [];
  return (
    <>
      <PageHeader title={t("title")} meta={t(mayEdit ? "lead" : "readOnly")} />
      <div className="stack">
        <Chips
          label={t("shelf.label")}
          items={SHELVES.map((key) => ({ key, label: t(`shelf.${key}`) }))}
          value={shelf}
          onChange={(next) => change({ shelf: next })}
        />
        {packs.isError && <ErrorState error={packs.error} retry={() => void packs.refetch()} />}
        {packs.isPending && <SkeletonRows rows={4} />}
        {packs.data && shown.length === 0 && <EmptyState title={t("none")} />}
        <div className="template-cards">
          {shown.map((pack) => (
            <PackCard
              key={pack.code}
              pack={pack}
              template={templateOf(templates.data ?? [], pack)}
              busy={applying === pack.code}
              onApply={mayEdit ? () => apply.mutate({ params: { path: { slug, code: pack.code } } }) : undefined}
            />
          ))}
        </div>
        {apply.isSuccess && <Link to={to("/rules")}>{t("toRules")}</Link>}
      </div>
    </>
  );
}
