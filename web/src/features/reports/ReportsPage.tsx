import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ReportView } from "./ReportView";
import { bookUrl, weekOf } from "./reports.logic";
import { WeekList } from "./WeekList";
import "./reports.css";
import "@/shared/list/list.css";
import "@/shared/ui/print.css";

/** 周风险报告 (RPT-01): the weeks that were reported, and the seven days until today. */
export function ReportsPage() {
  const { t } = useTranslation("reports");
  const slug = useSlug();
  const can = useCan();
  const to = useTo();
  const week = weekOf(useParams().week);
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<ScoreNote />}
        actions={
          <>
            <Link to={to("/team")} className="no-print">
              {t("toTeam")}
            </Link>
            <Button icon={<Icon of={PrinterOutlined} />} onClick={() => window.print()} className="no-print">
              {t("print")}
            </Button>
            {can("export") && (
              <Button icon={<Icon of={DownloadOutlined} />} href={bookUrl(slug, week)} download className="no-print">
                {t("download")}
              </Button>
            )}
          </>
        }
      />
      <div className="reports">
        <WeekList week={week} />
        {week === null ? <Now /> : <Kept week={week} />}
      </div>
    </>
  );
}

function Now() {
  const report = api.useQuery("get", "/api/v1/w/{slug}/reports/now", { params: { path: { slug: useSlug() } } });
  if (report.isError) return <ErrorState error={report.error} retry={() => void report.refetch()} />;
  return report.data ? <ReportView report={report.data} /> : <SkeletonRows />;
}

function Kept({ week }: { week: string }) {
  const params = { path: { slug: useSlug(), week } };
  const report = api.useQuery("get", "/api/v1/w/{slug}/reports/{week}", { params });
  if (report.isError) return <ErrorState error={report.error} retry={() => void report.refetch()} />;
  return report.data ? <ReportView report={report.data} /> : <SkeletonRows />;
}
