import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonBlock } from "@/shared/ui/Skeletons";
import { type CardPart, cardUrl, versionOf } from "./promise.logic";
import "./promise.css";
import "@/shared/ui/table.css";
import "@/shared/ui/print.css";

const FORMS = ["html", "markdown"] as const;

/** The model card of a version, to read, print and pass on. */
export function CardPage() {
  const { t } = useTranslation("promise");
  const slug = useSlug();
  const to = useTo();
  const { language } = useFormat();
  const number = versionOf(useParams().number ?? "") ?? 0;
  const card = api.useQuery("get", "/api/v1/w/{slug}/models/{number}/card", { params: { path: { slug, number } } });
  return (
    <>
      <PageHeader
        title={card.data?.title ?? t("card.title")}
        actions={
          <>
            <Link to={to("/model")} className="no-print">
              {t("toModel")}
            </Link>
            <Button icon={<Icon of={PrinterOutlined} />} className="no-print" onClick={() => window.print()}>
              {t("card.print")}
            </Button>
            {FORMS.map((form) => (
              <Button
                key={form}
                icon={<Icon of={DownloadOutlined} />}
                className="no-print"
                download
                href={cardUrl(slug, number, form, language)}
              >
                {t(`card.${form}`)}
              </Button>
            ))}
          </>
        }
      />
      {card.isError && <ErrorState error={card.error} retry={() => void card.refetch()} />}
      {card.isPending && <SkeletonBlock height={320} />}
      <div className="promise">
        {card.data?.sections.map((part) => (
          <Part key={part.code} part={part} />
        ))}
      </div>
    </>
  );
}

function Part({ part }: { part: CardPart }) {
  return (
    <Panel title={part.title}>
      {part.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {part.head.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="table-box" tabIndex={0} aria-label={part.title}>
          <table className="table">
            <thead>
              <tr>
                {part.head.map((cell) => (
                  <th key={cell} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {part.rows.map((row) => (
                <tr key={row.join("\u0000")}>
                  {row.map((cell, at) => (
                    <td key={part.head[at]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
