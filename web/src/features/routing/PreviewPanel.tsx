import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import { RiskTag } from "@/shared/ui/RiskTag";
import type { Plan } from "./routing.logic";

/** Where today's open alerts would go by the table as it is being edited. */
export function PreviewPanel({ plan }: { plan: Plan }) {
  const { t } = useTranslation("routing");
  const slug = useSlug();
  const preview = api.useMutation("post", "/api/v1/w/{slug}/routing/preview", { meta: { quiet: true } });
  return (
    <Panel
      title={t("preview.title")}
      extra={
        <Button
          loading={preview.isPending}
          onClick={() => preview.mutate({ params: { path: { slug } }, body: { plan } })}
        >
          {t("preview.run")}
        </Button>
      }
    >
      {!preview.data && !preview.error && <p className="muted">{t("preview.text")}</p>}
      <FormError error={preview.error} />
      {preview.data?.total === 0 && <EmptyState title={t("preview.none")} />}
      {preview.data && preview.data.total > 0 && (
        <div className="stack" role="status">
          <p>{t("preview.total", { count: preview.data.total })}</p>
          {preview.data.rows.map((row) => (
            <PreviewRow key={row.row} row={row} name={plan.routes[row.row]?.name ?? ""} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function PreviewRow({ row, name }: { row: Schemas["RoutedRowOut"]; name: string }) {
  const { t } = useTranslation("routing");
  const format = useFormat();
  const to = useTo();
  return (
    <section aria-label={t("preview.row", { row: row.row + 1 })}>
      <h3 className="routing-subhead">
        {t("preview.row", { row: row.row + 1 })} {name} · {t("preview.alerts", { count: row.alerts })}
        {row.channels.length > 0 && <span className="muted small"> · {format.list(row.channels)}</span>}
      </h3>
      {row.nobody > 0 && <p className="form-error">{t("preview.nobody", { count: row.nobody })}</p>}
      <ul>
        {row.sample.map((alert) => (
          <li key={alert.alert_id} className="row wrap routing-sample">
            <RiskTag level={alert.level} />
            <Link to={to(`/alerts/${alert.alert_id}`)}>{alert.customer.name}</Link>
            <span className="muted small num">{format.money(alert.expected_loss)}</span>
            <span className="small">
              → {format.list(alert.told.map((person) => person.name)) || t("preview.toNobody")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
