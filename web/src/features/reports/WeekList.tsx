import { useTranslation } from "react-i18next";
import { NavLink, useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { usePhone } from "@/shared/lib/useMedia";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { type ReportRow, reportPath } from "./reports.logic";

/** Which report: the seven days until today, then the weeks, newest first. */
export function WeekList({ week }: { week: string | null }) {
  const { t } = useTranslation("reports");
  const phone = usePhone();
  const list = api.useQuery("get", "/api/v1/w/{slug}/reports", { params: { path: { slug: useSlug() } } });
  const rows = list.data ?? [];
  if (phone) return <WeekSelect rows={rows} week={week} />;
  return (
    <nav className="report-weeks no-print" aria-label={t("weeks")}>
      <Panel flush>
        <ul>
          <WeekLink week={null} title={t("now")} />
          {rows.map((row) => (
            <WeekLink key={row.week} week={row.week} title={t("week", { day: row.week })} row={row} />
          ))}
        </ul>
      </Panel>
      {list.data?.length === 0 && <p className="muted small">{t("none")}</p>}
    </nav>
  );
}

function WeekLink({ week, title, row }: { week: string | null; title: string; row?: ReportRow }) {
  const { t } = useTranslation("reports");
  const { count } = useFormat();
  const to = useTo();
  return (
    <li>
      <NavLink to={to(reportPath(week))} end className="report-week">
        {title}
        {row && (
          <span className="muted small">
            {t("weekMeta", { high: count(row.high), raised: count(row.raised), lost: count(row.lost) })}
          </span>
        )}
      </NavLink>
    </li>
  );
}

function WeekSelect({ rows, week }: { rows: readonly ReportRow[]; week: string | null }) {
  const { t } = useTranslation("reports");
  const to = useTo();
  const navigate = useNavigate();
  return (
    <NativeSelect
      className="wide no-print"
      aria-label={t("choose")}
      value={week ?? ""}
      options={[
        { value: "", label: t("now") },
        ...rows.map((row) => ({ value: row.week, label: t("week", { day: row.week }) })),
      ]}
      onChange={(value) => void navigate(to(reportPath(value || null)))}
    />
  );
}
