import { Button, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { CouponSheet } from "./CouponSheet";
import { type CouponKind, leftOf } from "./loyalty.logic";
import { useRefreshLoyalty } from "./useRefreshLoyalty";

/** Coupon kinds with their stock, and a counter at which a code is used. */
export function CouponsTab() {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const can = useCan();
  const refresh = useRefreshLoyalty();
  const [edited, setEdited] = useState<CouponKind | "new" | null>(null);
  const kinds = api.useQuery("get", "/api/v1/w/{slug}/coupon-kinds", { params: { path: { slug } } });
  const path = (kind_id: number) => ({ params: { path: { slug, kind_id } } });
  const archive = api.useMutation("post", "/api/v1/w/{slug}/coupon-kinds/{kind_id}/archive", { onSettled: refresh });
  const unarchive = api.useMutation("post", "/api/v1/w/{slug}/coupon-kinds/{kind_id}/unarchive", {
    onSettled: refresh,
  });
  if (kinds.isError) return <ErrorState error={kinds.error} retry={() => void kinds.refetch()} />;
  if (!kinds.data) return <SkeletonRows />;
  const add = can("publish") && <Button onClick={() => setEdited("new")}>{t("coupon.add")}</Button>;
  return (
    <>
      {can("handle") && <UseCoupon />}
      {kinds.data.length === 0 ? (
        <EmptyState title={t("coupon.none")} text={t("coupon.noneText")}>
          {add}
        </EmptyState>
      ) : (
        <Panel title={t("tab.coupons")} extra={add} flush>
          <SimpleTable
            label={t("tab.coupons")}
            rows={kinds.data}
            rowKey={({ id }) => id}
            columns={[
              { key: "name", title: t("coupon.name"), render: ({ name, text }) => `${name} · ${text}` },
              { key: "stock", title: t("coupon.left"), render: (kind) => leftOf(kind) ?? t("coupon.any"), end: true },
              {
                key: "issued",
                title: t("coupon.issued"),
                render: ({ issued, used }) => `${issued} / ${used}`,
                end: true,
              },
              { key: "days", title: t("coupon.days"), render: ({ valid_days }) => valid_days, end: true },
              {
                key: "state",
                title: t("coupon.state"),
                render: ({ archived, enabled }) =>
                  t(archived ? "coupon.archived" : enabled ? "coupon.on" : "coupon.off"),
              },
              {
                key: "actions",
                title: "",
                render: (kind) =>
                  can("publish") && (
                    <span className="row">
                      <Button
                        size="small"
                        aria-label={t("coupon.editOne", { name: kind.name })}
                        onClick={() => setEdited(kind)}
                      >
                        {t("coupon.edit")}
                      </Button>
                      <Button
                        size="small"
                        aria-label={t(kind.archived ? "coupon.unarchiveOne" : "coupon.archiveOne", { name: kind.name })}
                        onClick={() => (kind.archived ? unarchive : archive).mutate(path(kind.id))}
                      >
                        {t(kind.archived ? "coupon.unarchive" : "coupon.archive")}
                      </Button>
                    </span>
                  ),
              },
            ]}
          />
        </Panel>
      )}
      {edited && <CouponSheet kind={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function UseCoupon() {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const { day } = useFormat();
  const refresh = useRefreshLoyalty();
  const [code, setCode] = useState("");
  const [amount, setAmount] = useState<number | null>(null);
  const use = api.useMutation("post", "/api/v1/w/{slug}/coupons/redeem", {
    meta: { quiet: true },
    onSuccess: ({ name, customer }) => {
      notifyDone(t("coupon.usedBy", { name, customer: customer.name }));
      setCode("");
    },
    onSettled: refresh,
  });
  return (
    <Panel title={t("coupon.use")}>
      <form
        className="loyalty-row"
        onSubmit={(event) => {
          event.preventDefault();
          use.mutate({ params: { path: { slug } }, body: { code, amount } });
        }}
      >
        <Input
          aria-label={t("coupon.code")}
          placeholder={t("coupon.code")}
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          className="coupon-code"
          style={{ width: 180 }}
        />
        <InputNumber
          aria-label={t("coupon.amount")}
          placeholder={t("coupon.amount")}
          min={0}
          value={amount}
          onChange={setAmount}
        />
        <Button htmlType="submit" type="primary" loading={use.isPending} disabled={!code.trim()}>
          {t("coupon.useIt")}
        </Button>
      </form>
      <FormError error={use.error} />
      {use.data && (
        <p className="muted small">
          {t("coupon.lastUsed", { code: use.data.code, text: use.data.text, day: day(use.data.expires_at) })}
        </p>
      )}
    </Panel>
  );
}
