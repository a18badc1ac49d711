import { Button, Popconfirm } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { copyText } from "@/shared/list/copyText";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { type ContactLink, isOpenable, lasted } from "./link.logic";

const LinkModal = lazy(() => import("./LinkModal").then(({ LinkModal }) => ({ default: LinkModal })));
const LinkCode = lazy(() => import("./LinkCode").then(({ LinkCode }) => ({ default: LinkCode })));

function Actions({ link, onCode, onChanged }: { link: ContactLink; onCode: () => void; onChanged: () => void }) {
  const { t } = useTranslation("links");
  const slug = useSlug();
  const revoke = api.useMutation("delete", "/api/v1/w/{slug}/links/{link_id}", { onSuccess: onChanged });
  return (
    <div className="row wrap">
      <Button size="small" onClick={() => void copyText(link.address, t("copied"))}>
        {t("copy")}
      </Button>
      <Button size="small" onClick={onCode}>
        {t("code")}
      </Button>
      <Popconfirm
        title={t("revokeAsk")}
        onConfirm={() => revoke.mutate({ params: { path: { slug, link_id: link.id } } })}
      >
        <Button size="small" danger loading={revoke.isPending}>
          {t("revoke")}
        </Button>
      </Popconfirm>
    </div>
  );
}

function LinkLine({ link, onChanged }: { link: ContactLink; onChanged: () => void }) {
  const { t } = useTranslation("links");
  const { dayTime } = useFormat();
  const can = useCan();
  const [showsCode, setShowsCode] = useState(false);
  const seen = link.first_at && t("seen", { count: link.views, when: dayTime(link.last_at ?? link.first_at) });
  const facts = [
    t(`info_${link.info}`),
    link.contact,
    t("given", { by: link.created_by, when: dayTime(link.created_at) }),
    link.expires_at && isOpenable(link) && t("until", { when: dayTime(link.expires_at) }),
  ];
  return (
    <li>
      <div className="spread">
        <strong>{link.title}</strong>
        <span className={link.state === "waiting" ? "tag overdue" : "tag"}>{t(`state_${link.state}`)}</span>
      </div>
      <p className="muted small">{facts.filter(Boolean).join(" · ")}</p>
      {seen && (
        <p className="small">
          {seen}
          {link.seconds > 0 && ` · ${t("longest", lasted(link.seconds))}`}
        </p>
      )}
      {can("handle") && isOpenable(link) && (
        <Actions link={link} onCode={() => setShowsCode(!showsCode)} onChanged={onChanged} />
      )}
      {showsCode && (
        <Suspense fallback={<SkeletonRows rows={1} height={160} />}>
          <LinkCode address={link.address} />
        </Suspense>
      )}
    </li>
  );
}

/** Quotes, notices and files given to the customer's contacts: opened or not. */
export function LinksPanel({ customer }: { customer: Pick<Schemas["CustomerOut"], "id" | "contacts"> }) {
  const { t } = useTranslation("links");
  const slug = useSlug();
  const can = useCan();
  const [making, setMaking] = useState(false);
  const links = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/links", {
    params: { path: { slug, customer_id: customer.id } },
  });
  const refresh = () => void links.refetch();
  if (!can("handle") && !links.data?.length) return null;
  return (
    <Panel
      title={t("panel")}
      extra={
        can("handle") && (
          <Button size="small" onClick={() => setMaking(true)}>
            {t("new")}
          </Button>
        )
      }
    >
      {links.isPending && <SkeletonRows rows={2} height={44} />}
      {links.isError && <ErrorState error={links.error} retry={refresh} />}
      {links.data?.length === 0 && <p className="muted small">{t("none")}</p>}
      <ul className="profile-list">
        {links.data?.map((link) => (
          <LinkLine key={link.id} link={link} onChanged={refresh} />
        ))}
      </ul>
      {making && (
        <Suspense fallback={null}>
          <LinkModal
            customer={customer}
            onClose={() => setMaking(false)}
            onDone={() => {
              setMaking(false);
              refresh();
            }}
          />
        </Suspense>
      )}
    </Panel>
  );
}
