import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { Sheet } from "@/shared/list/Sheet";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { usePager } from "@/shared/ui/usePager";
import { useRefreshLoyalty } from "./useRefreshLoyalty";

const LIMIT = 50;

/** 老带新: who brought whom; the points come with the first order. */
export function ReferralsTab() {
  const { t } = useTranslation(["loyalty", "common"]);
  const slug = useSlug();
  const to = useTo();
  const can = useCan();
  const { day } = useFormat();
  const refresh = useRefreshLoyalty();
  const { cursor } = usePager();
  const [adding, setAdding] = useState(false);
  const page = api.useQuery("get", "/api/v1/w/{slug}/loyalty/referrals", {
    params: { path: { slug }, query: { limit: LIMIT, ...(cursor && { cursor }) } },
  });
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/loyalty/referrals/{referral_id}", {
    onSuccess: () => notifyDone(t("referral.removed")),
    onSettled: refresh,
  });
  if (page.isError) return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  if (!page.data) return <SkeletonRows />;
  const { items } = page.data;
  const add = can("handle") && <Button onClick={() => setAdding(true)}>{t("referral.add")}</Button>;
  return (
    <>
      {items.length === 0 ? (
        <EmptyState title={t("referral.none")} text={t("referral.noneText")}>
          {add}
        </EmptyState>
      ) : (
        <Panel title={t("tab.referrals")} extra={add} flush>
          <SimpleTable
            label={t("tab.referrals")}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "referrer",
                title: t("referral.referrer"),
                render: ({ referrer }) => <Link to={to(`/customers/${referrer.id}`)}>{referrer.name}</Link>,
              },
              {
                key: "referred",
                title: t("referral.referred"),
                render: ({ referred }) => <Link to={to(`/customers/${referred.id}`)}>{referred.name}</Link>,
              },
              { key: "at", title: t("referral.at"), render: ({ at }) => day(at) },
              {
                key: "state",
                title: t("referral.state"),
                render: ({ rewarded_at }) =>
                  rewarded_at ? t("referral.rewarded", { day: day(rewarded_at) }) : t("referral.waiting"),
              },
              {
                key: "remove",
                title: "",
                render: ({ id, rewarded_at, referred }) =>
                  !rewarded_at &&
                  can("handle") && (
                    <Button
                      size="small"
                      aria-label={t("referral.removeOne", { name: referred.name })}
                      onClick={() => remove.mutate({ params: { path: { slug, referral_id: id } } })}
                    >
                      {t("referral.remove")}
                    </Button>
                  ),
              },
            ]}
          />
          <PagedFoot page={page.data} size={LIMIT} />
        </Panel>
      )}
      {adding && <ReferralSheet onClose={() => setAdding(false)} />}
    </>
  );
}

function ReferralSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const refresh = useRefreshLoyalty();
  const [referrer, setReferrer] = useState<number>();
  const [referred, setReferred] = useState<number>();
  const save = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/referral", {
    meta: { quiet: true },
    onSuccess: () => {
      notifyDone(t("referral.added"));
      onClose();
    },
    onSettled: refresh,
  });
  const add = () =>
    referrer !== undefined &&
    referred !== undefined &&
    save.mutate({ params: { path: { slug, customer_id: referred } }, body: { referrer_id: referrer, note: "" } });
  return (
    <Sheet
      open
      title={t("referral.add")}
      onClose={onClose}
      onSave={add}
      saving={save.isPending}
      disabled={referrer === undefined || referred === undefined}
    >
      <Field label={t("referral.referrer")}>
        {({ id }) => <CustomerSelect id={id} label={t("referral.referrer")} value={referrer} onChange={setReferrer} />}
      </Field>
      <Field label={t("referral.referred")}>
        {({ id }) => <CustomerSelect id={id} label={t("referral.referred")} value={referred} onChange={setReferred} />}
      </Field>
      <FormError error={save.error} />
    </Sheet>
  );
}
