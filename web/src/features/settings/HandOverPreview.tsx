import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";

/** What would happen: shares, and the customers by value. */
export function HandOverPreview({ preview }: { preview: Schemas["HandOverPreviewOut"] }) {
  const { t } = useTranslation("routing");
  const format = useFormat();
  return (
    <div className="stack" role="status">
      <p>
        {t("handover.summary", {
          customers: format.customers(preview.customers),
          alerts: preview.alerts,
          items: preview.items,
          left: format.customers(preview.left),
        })}
      </p>
      <ul>
        {preview.shares.map(({ person, customers, annual_value: value }) => (
          <li key={person.id}>
            {t("handover.share", {
              name: person.name,
              customers: format.customers(customers),
              money: format.money(value),
            })}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t("handover.list")}</summary>
        <ul>
          {preview.moves.map(({ customer, successor, annual_value: value }) => (
            <li key={customer.id} className="spread">
              <span>{customer.name}</span>
              <span className="muted small num">{format.money(value)}</span>
              <span>{successor.name}</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
