import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { percent, questionsOf } from "./feedback.logic";

type Share = Schemas["CauseShare"];
type Interview = Schemas["InterviewOut"];
const PAGE = 50;

/** 离开访谈: what those who left say by cause, with n and interval, and every interview. */
export function InterviewsPanel() {
  const slug = useSlug();
  const figures = api.useQuery("get", "/api/v1/w/{slug}/exit-interviews/figures", { params: { path: { slug } } });
  return (
    <>
      {figures.isError && <ErrorState error={figures.error} retry={() => void figures.refetch()} />}
      {figures.data && <Causes figures={figures.data} />}
      <List figures={figures.data} />
    </>
  );
}

function Causes({ figures }: { figures: Schemas["InterviewFigures"] }) {
  const { t } = useTranslation("feedback");
  const slug = useSlug();
  const can = useCan();
  const { money, list } = useFormat();
  const columns = [
    { key: "cause", title: t("cause.name"), render: ({ text }: Share) => <strong>{text}</strong> },
    { key: "n", title: t("cause.n"), render: ({ n, share }: Share) => t("cause.share", { n, share: percent(share) }) },
    { key: "money", title: t("cause.money"), render: ({ money: worth }: Share) => money(worth) },
    {
      key: "return",
      title: t("cause.return"),
      render: ({ rate, low, high, returning, asked }: Share) =>
        rate === null
          ? "—"
          : t("cause.rate", { rate: percent(rate), low: percent(low), high: percent(high), returning, asked }),
    },
    { key: "reasons", title: t("cause.reasons"), render: ({ reasons }: Share) => list(reasons) },
  ];
  return (
    <Panel
      flush
      title={t("cause.title", { n: figures.n, lost: figures.lost })}
      extra={can("export") && <a href={`/api/v1/w/${slug}/exit-interviews/file.xlsx`}>{t("cause.excel")}</a>}
    >
      {figures.n === 0 && <EmptyState title={t("cause.none")} />}
      {figures.n > 0 && (
        <SimpleTable
          label={t("interview.title")}
          rows={figures.causes}
          rowKey={({ cause }) => cause}
          columns={columns}
        />
      )}
      {figures.competitors.length > 0 && (
        <p className="feedback-rivals small muted">{t("cause.rivals", { names: list(figures.competitors) })}</p>
      )}
    </Panel>
  );
}

function List({ figures }: { figures: Schemas["InterviewFigures"] | undefined }) {
  const { t } = useTranslation("feedback");
  const slug = useSlug();
  const causes = questionsOf(figures)?.causes ?? [];
  const [url, change] = useUrlState({ cause: "" }, PAGER_KEYS);
  const cause = (["product", "competitor", "service", "price", "other"] as const).find((one) => one === url.cause);
  const { cursor } = usePager();
  const list = api.useQuery(
    "get",
    "/api/v1/w/{slug}/exit-interviews",
    { params: { path: { slug }, query: { limit: PAGE, ...(cause && { cause }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  );
  const items = [{ key: "all", label: t("list.all") }, ...causes.map(({ code, text }) => ({ key: code, label: text }))];
  return (
    <Panel
      flush
      extra={
        <Chips
          label={t("cause.name")}
          items={items}
          value={cause ?? "all"}
          onChange={(key) => change({ cause: key === "all" ? "" : key })}
        />
      }
    >
      {list.isPending && <SkeletonRows />}
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <EmptyState title={t("list.none")} />}
      <ul className="list feedback-list">
        {list.data?.items.map((interview) => (
          <Row key={interview.id} interview={interview} />
        ))}
      </ul>
      {list.data && <PagedFoot page={list.data} size={PAGE} />}
    </Panel>
  );
}

function Row({ interview }: { interview: Interview }) {
  const { t } = useTranslation("feedback");
  const to = useTo();
  const { day, list } = useFormat();
  const { customer, competitor, price, kept_by, would_return } = interview;
  const facts = [
    competitor && t("list.rival", { name: competitor }),
    price !== null && t("list.price", { price: price > 0 ? `+${price}` : price }),
    kept_by.length > 0 && t("list.keptBy", { what: list(kept_by) }),
    would_return && t("list.return", { answer: would_return }),
  ].filter(Boolean);
  return (
    <li aria-label={customer.name}>
      <div className="spread wrap">
        <span>
          <Link to={to(`/customers/${customer.id}`)}>{customer.name}</Link> {interview.cause_text} ·{" "}
          {interview.reason_text}
        </span>
        <span className="muted small">
          {interview.by?.name ?? t("list.customer")} · {day(interview.at)}
        </span>
      </div>
      {facts.length > 0 && <p className="small muted">{facts.join(" · ")}</p>}
      {[interview.why, interview.improve].filter(Boolean).map((text) => (
        <p key={text}>{text}</p>
      ))}
      {interview.topics.length > 0 && (
        <p className="row wrap">
          {interview.topics.map((topic) => (
            <span key={topic} className="tag">
              {topic}
            </span>
          ))}
        </p>
      )}
    </li>
  );
}
