import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonBlock } from "@/shared/ui/Skeletons";

/** The number of the order behind a row, if it is one. */
export function orderIdOf({ group, attrs }: Schemas["TimelineItem"]): string | null {
  const id = attrs.order_id;
  return group === "order" && (typeof id === "string" || typeof id === "number") ? String(id) : null;
}

/** The lines of one order, read when they are asked for. */
export function OrderLines({ customerId, orderId }: { customerId: number; orderId: string }) {
  const { t } = useTranslation("customer360");
  const [open, setOpen] = useState(false);
  return (
    <div>
      <button type="button" className="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t("order.hide") : t("order.show")}
      </button>
      {open && <Lines customerId={customerId} orderId={orderId} />}
    </div>
  );
}

function Lines({ customerId, orderId }: { customerId: number; orderId: string }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  const path = { slug: useSlug(), customer_id: customerId, order_id: orderId };
  const lines = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/orders/{order_id}", { params: { path } });
  if (lines.isError) return <ErrorState error={lines.error} retry={() => void lines.refetch()} />;
  if (!lines.data) return <SkeletonBlock height={64} />;
  return (
    <table className="order-lines">
      <thead>
        <tr>
          <th scope="col">{t("order.item")}</th>
          <th scope="col" className="right">
            {t("order.quantity")}
          </th>
          <th scope="col" className="right">
            {t("order.amount")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.data.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical lines are real
          <tr key={index}>
            <td>
              {line.description || line.sku} <span className="muted">{line.description ? line.sku : ""}</span>
            </td>
            <td className="right num">{format.count(line.quantity)}</td>
            <td className="right num">{format.moneyExact(line.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
