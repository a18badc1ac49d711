import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { usePhone } from "@/shared/lib/useMedia";
import { useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { notifyDone } from "@/shared/ui/notify";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { SentenceList } from "../SentenceList";
import { useRefreshRules } from "../useRefreshRules";
import type { PacksDrawerProps } from "./PacksDrawer";

type Pack = Schemas["PackOut"];

export function PacksPanel({ open, mayEdit, onClose }: PacksDrawerProps) {
  const { t } = useTranslation("rules");
  const phone = usePhone();
  const slug = useSlug();
  const refresh = useRefreshRules();
  const packs = api.useQuery("get", "/api/v1/w/{slug}/rules/packs", { params: { path: { slug } } });
  const apply = api.useMutation("post", "/api/v1/w/{slug}/rules/packs/{code}/apply", {
    onSuccess: (rules) => {
      notifyDone(t("packs.applied", { count: rules.length }));
      void refresh();
      onClose();
    },
  });
  const applying = apply.isPending ? apply.variables.params.path.code : null;
  return (
    <Drawer open={open} onClose={onClose} title={t("packs.title")} size={phone ? "100%" : 560}>
      <div className="stack">
        <p className="muted">{t("packs.text")}</p>
        {packs.isError && <ErrorState error={packs.error} retry={() => void packs.refetch()} />}
        {packs.isPending && <SkeletonRows />}
        {packs.data?.length === 0 && <EmptyState title={t("packs.none")} />}
        {packs.data?.map((pack) => (
          <PackCard
            key={pack.code}
            pack={pack}
            busy={applying === pack.code}
            onApply={mayEdit ? () => apply.mutate({ params: { path: { slug, code: pack.code } } }) : undefined}
          />
        ))}
      </div>
    </Drawer>
  );
}

function PackCard({ pack, busy, onApply }: { pack: Pack; busy: boolean; onApply?: (() => void) | undefined }) {
  const { t } = useTranslation("rules");
  const computable = pack.rules.filter((rule) => rule.computable).length;
  return (
    <section className="pack" aria-label={pack.name}>
      <div className="spread">
        <h3>{pack.name}</h3>
        {onApply && (
          <Button
            loading={busy}
            onClick={onApply}
            aria-label={`${pack.name} ${t("packs.apply", { count: pack.rules.length })}`}
          >
            {t("packs.apply", { count: pack.rules.length })}
          </Button>
        )}
      </div>
      <p>{pack.about}</p>
      <p className="muted small">{t("packs.computable", { count: computable })}</p>
      <details>
        <summary>{t("packs.count", { count: pack.rules.length })}</summary>
        <ul className="pack-rules">
          {pack.rules.map(({ code, name, sentences, missing }) => (
            <li key={code}>
              <strong>{name}</strong>
              <SentenceList sentences={sentences} />
              {missing.length > 0 && (
                <p className="small missing">{t("packs.missing", { what: missing.join(" · ") })}</p>
              )}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
