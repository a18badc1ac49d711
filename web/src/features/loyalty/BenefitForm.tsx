import { Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { requestKey } from "@/shared/list/requestKey";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import type { BenefitSheetProps } from "./BenefitSheet";
import { useRefreshLoyalty } from "./useRefreshLoyalty";

/** A coupon given, points redeemed or changed by hand, or a quote for the volume: one short form each. */
export function BenefitForm(props: BenefitSheetProps) {
  if (props.what === "coupon") return <CouponForm {...props} />;
  return props.what === "quote" ? <QuoteForm {...props} /> : <PointsForm {...props} />;
}

function useDone(text: string, onClose: () => void) {
  const refresh = useRefreshLoyalty();
  return {
    meta: { quiet: true },
    onSuccess: () => {
      notifyDone(text);
      onClose();
    },
    onSettled: refresh,
  };
}

function CouponForm({ customerId, onClose }: BenefitSheetProps) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const [key] = useState(requestKey);
  const [chosen, setChosen] = useState("");
  const kinds = api.useQuery("get", "/api/v1/w/{slug}/coupon-kinds", { params: { path: { slug } } });
  const give = api.useMutation(
    "post",
    "/api/v1/w/{slug}/customers/{customer_id}/coupons",
    useDone(t("coupon.given"), onClose),
  );
  const open = (kinds.data ?? []).filter(({ archived, enabled }) => enabled && !archived);
  return (
    <Sheet
      open
      title={t("benefits.coupon")}
      onClose={onClose}
      saving={give.isPending}
      disabled={!chosen}
      onSave={() =>
        give.mutate({
          params: { path: { slug, customer_id: customerId } },
          body: { kind_id: Number(chosen), request_key: key },
        })
      }
    >
      <Field label={t("tab.coupons")} hint={open.length === 0 ? t("coupon.noneText") : undefined}>
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            value={chosen}
            options={[
              { value: "", label: "—" },
              ...open.map(({ id, name, text }) => ({ value: String(id), label: `${name} · ${text}` })),
            ]}
            onChange={setChosen}
          />
        )}
      </Field>
      <FormError error={give.error} />
    </Sheet>
  );
}

function PointsForm({ what, customerId, benefits, onClose }: BenefitSheetProps) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const { count, percent } = useFormat();
  const [key] = useState(requestKey);
  const [number, setNumber] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const done = useDone(t("ledger.done"), onClose);
  const adjust = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/points", done);
  const redeem = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/points/redeem", done);
  const redeems = what === "redeem";
  const params = { path: { slug, customer_id: customerId } };
  const save = () => {
    if (number === null) return;
    if (redeems) redeem.mutate({ params, body: { value: number, note, request_key: key } });
    else adjust.mutate({ params, body: { points: Math.round(number), note, request_key: key } });
  };
  return (
    <Sheet
      open
      title={t(redeems ? "benefits.redeem" : "benefits.adjust")}
      onClose={onClose}
      onSave={save}
      saving={adjust.isPending || redeem.isPending}
      disabled={number === null || number === 0 || (!redeems && !note.trim())}
    >
      <Field
        label={t(redeems ? "ledger.value" : "ledger.points")}
        hint={t(redeems ? "ledger.valueHint" : "ledger.pointsHint", {
          points: count(benefits.balance),
          price: percent(benefits.redeem_factor),
        })}
      >
        {(control) => (
          <InputNumber
            {...control}
            {...(redeems && { min: 0.01 })}
            precision={redeems ? 2 : 0}
            value={number}
            onChange={setNumber}
            style={{ width: "100%" }}
          />
        )}
      </Field>
      <Field label={t("ledger.note")}>
        {({ status: _status, ...control }) => (
          <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <FormError error={adjust.error ?? redeem.error} />
    </Sheet>
  );
}

function QuoteForm({ customerId, onClose }: BenefitSheetProps) {
  const { t } = useTranslation("loyalty");
  const slug = useSlug();
  const { moneyExact } = useFormat();
  const [amount, setAmount] = useState(0);
  const quote = api.useQuery(
    "get",
    "/api/v1/w/{slug}/customers/{customer_id}/quote",
    { params: { path: { slug, customer_id: customerId }, query: { amount } } },
    { enabled: amount > 0 },
  );
  const found = quote.data;
  return (
    <Sheet open title={t("benefits.quote")} onClose={onClose} onSave={onClose} saveLabel={t("quote.close")}>
      <Field label={t("quote.amount")}>
        {(control) => (
          <InputNumber
            {...control}
            min={0}
            value={amount}
            onChange={(value) => setAmount(value ?? 0)}
            style={{ width: "100%" }}
          />
        )}
      </Field>
      {found && (
        <p aria-live="polite">
          {t("quote.net", { percent: found.percent, money: moneyExact(found.net) })}
          {found.missing !== null &&
            found.missing !== undefined &&
            ` ${t("benefits.volumeNext", { money: moneyExact(found.missing), percent: found.next_percent ?? 0 })}`}
        </p>
      )}
      <FormError error={quote.error} />
    </Sheet>
  );
}
