import { keepPreviousData } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import type { Draft } from "./messages.logic";

/** How the draft reads, for a real customer where one is chosen, and what carriers may refuse. */
export function TemplatePreview({ draft }: { draft: Draft }) {
  const { t } = useTranslation("messages");
  const { list } = useFormat();
  const slug = useSlug();
  const [customer, setCustomer] = useState<number>();
  const settled = useDeferredValue(draft);
  const tried = api.useQuery(
    "post",
    "/api/v1/w/{slug}/message-templates/preview",
    {
      params: { path: { slug } },
      body: { template: { ...settled, code: settled.code || "draft", based_on: 0 }, customer_id: customer ?? null },
    },
    { enabled: settled.body.trim() !== "", placeholderData: keepPreviousData },
  );
  const { data } = tried;
  return (
    <Panel title={t("preview.title")}>
      <div className="stack">
        <CustomerSelect label={t("preview.customer")} value={customer} onChange={setCustomer} />
        {data && (
          <>
            {data.subject && <strong>{data.subject}</strong>}
            <p className="message-text">{data.text}</p>
            {data.missing.length > 0 && (
              <p className="muted small">{t("preview.missing", { names: list(data.missing) })}</p>
            )}
            {draft.media.includes("sms") && (
              <div>
                <h3 className="small">{t("preview.lint")}</h3>
                {data.warnings.length === 0 && <p className="muted small">{t("preview.clean")}</p>}
                <ul className="small overdue">
                  {data.warnings.map(({ code, text }) => (
                    <li key={`${code}${text}`}>{text}</li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
      </div>
    </Panel>
  );
}
