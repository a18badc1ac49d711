import { Input, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import { type CouponDraft, type CouponKind, draftOf, newCoupon } from "./loyalty.logic";
import { NumberField } from "./NumberField";
import { useRefreshLoyalty } from "./useRefreshLoyalty";

const FORMS = ["amount", "percent", "gift"] as const;

/** Which field's label names a fault's place. */
const PLACES = new Map([
  ["name", "name"],
  ["value", "value"],
  ["least_spend", "least"],
  ["cost", "cost"],
  ["stock", "stock"],
  ["per_customer", "per"],
  ["valid_days", "days"],
] as const) as ReadonlyMap<string, "name" | "value" | "least" | "cost" | "stock" | "per" | "days">;

/** One coupon kind: what it is worth, for whom, how many. */
export function CouponSheet({ kind, onClose }: { kind: CouponKind | null; onClose: () => void }) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const refresh = useRefreshLoyalty();
  const [draft, setDraft] = useState<CouponDraft>(kind ? draftOf(kind) : newCoupon);
  const done = {
    meta: { quiet: true },
    onSuccess: () => {
      notifyDone(t("coupon.saved"));
      onClose();
    },
    onSettled: refresh,
  };
  const create = api.useMutation("post", "/api/v1/w/{slug}/coupon-kinds", done);
  const update = api.useMutation("put", "/api/v1/w/{slug}/coupon-kinds/{kind_id}", done);
  const set = (part: Partial<CouponDraft>) => setDraft({ ...draft, ...part });
  const save = () =>
    kind
      ? update.mutate({ params: { path: { slug, kind_id: kind.id } }, body: draft })
      : create.mutate({ params: { path: { slug } }, body: draft });
  return (
    <Sheet
      open
      title={kind ? t("coupon.editOne", { name: kind.name }) : t("coupon.add")}
      onClose={onClose}
      onSave={save}
      saving={create.isPending || update.isPending}
      disabled={!draft.name.trim()}
    >
      <Field label={t("coupon.name")}>
        {({ status: _status, ...control }) => (
          <Input
            {...control}
            maxLength={80}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("coupon.form")}>
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            value={draft.form}
            options={FORMS.map((value) => ({ value, label: t(`coupon.forms.${value}`) }))}
            onChange={(value) => set({ form: FORMS.find((form) => form === value) ?? "amount" })}
          />
        )}
      </Field>
      <div className="params">
        <NumberField
          label={t(draft.form === "percent" ? "coupon.percent" : "coupon.value")}
          value={draft.value}
          onChange={(value) => set({ value })}
        />
        <NumberField
          label={t("coupon.least")}
          value={draft.least_spend}
          onChange={(least_spend) => set({ least_spend })}
        />
        <NumberField label={t("coupon.cost")} value={draft.cost} onChange={(cost) => set({ cost })} />
        <NumberField
          label={t("coupon.days")}
          value={draft.valid_days}
          min={1}
          onChange={(valid_days) => set({ valid_days })}
        />
        <NumberField
          label={t("coupon.per")}
          value={draft.per_customer}
          min={1}
          onChange={(per_customer) => set({ per_customer })}
        />
        <NumberField
          label={t("coupon.stock")}
          value={draft.stock ?? 0}
          disabled={draft.stock === null}
          onChange={(stock) => set({ stock })}
        />
      </div>
      <Field label={t("coupon.limited")} inline>
        {({ status: _status, ...control }) => (
          <Switch
            {...control}
            size="small"
            checked={draft.stock !== null}
            onChange={(on) => set({ stock: on ? 100 : null })}
          />
        )}
      </Field>
      <Field label={t("coupon.class")} hint={t("coupon.classHint")}>
        {({ status: _status, ...control }) => (
          <Input
            {...control}
            maxLength={40}
            value={draft.offer_class}
            onChange={(event) => set({ offer_class: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("coupon.enabled")} inline>
        {({ status: _status, ...control }) => (
          <Switch {...control} size="small" checked={draft.enabled} onChange={(enabled) => set({ enabled })} />
        )}
      </Field>
      <FormError
        error={create.error ?? update.error}
        nameOf={(where) => {
          const name = PLACES.get(where);
          return name && t(`coupon.${name}`);
        }}
      />
    </Sheet>
  );
}
