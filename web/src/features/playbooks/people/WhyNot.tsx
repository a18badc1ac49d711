import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";

/** 为什么没有进入: the answer, everything that was looked at, and what happened before. */
export function WhyNot({ playbookId, customerId }: { playbookId: number; customerId: number }) {
  const { t } = useTranslation("playbooks");
  const { dayTime } = useFormat();
  const path = { slug: useSlug(), playbook_id: playbookId, customer_id: customerId };
  const why = api.useQuery("get", "/api/v1/w/{slug}/playbooks/{playbook_id}/why/{customer_id}", { params: { path } });
  if (why.isError) return <ErrorState error={why.error} retry={() => void why.refetch()} />;
  if (!why.data) return <SkeletonRows rows={3} />;
  const past = [...why.data.refusals, ...why.data.touches];
  return (
    <section className="stack" aria-label={t("why.of", { name: why.data.playbook })} aria-live="polite">
      <strong>{why.data.text}</strong>
      <ul>
        {why.data.checks.map(({ name, ok, text }) => (
          <li key={name}>
            <span className="tag">{t(ok ? "why.ok" : "why.against")}</span> {text}
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <ul className="muted small">
          {past.map(({ at, text }) => (
            <li key={`${at}.${text}`}>
              {dayTime(at)} {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
