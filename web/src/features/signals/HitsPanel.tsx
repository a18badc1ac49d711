import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { points as pointsText } from "@/shared/lib/format";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { Score, ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { usePager } from "@/shared/ui/usePager";
import type { Signal } from "./signals.logic";

const LIMIT = 20;

/** For whom the signal fires now, worst first, with what it says of each. */
export function HitsPanel({ signal }: { signal: Signal }) {
  const { t } = useTranslation("signals");
  const slug = useSlug();
  const { cursor } = usePager();
  const path = { slug, code: signal.key };
  const hits = api.useQuery(
    "get",
    "/api/v1/w/{slug}/signals/{code}/customers",
    { params: { path, query: { limit: LIMIT, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  );
  const { data } = hits;
  return (
    <Panel title={t("hits.title")} extra={<ScoreNote />} flush>
      {hits.isError && <ErrorState error={hits.error} retry={() => void hits.refetch()} />}
      {hits.isPending && <SkeletonRows rows={4} />}
      {data?.items.length === 0 && !data.next_cursor && <EmptyState title={t("hits.none")} />}
      <ul className="signal-hits">
        {data?.items.map((hit) => (
          <Hit key={hit.customer.id} hit={hit} />
        ))}
      </ul>
      {data && <PagedFoot page={data} size={LIMIT} />}
    </Panel>
  );
}

function Hit({ hit: { customer, text, points } }: { hit: Schemas["SignalHit"] }) {
  const { t } = useTranslation("signals");
  const to = useTo();
  return (
    <li className="row wrap">
      <span className="signal-who">
        <CustomerCell customer={customer} to={to(`/customers/${customer.id}`)} meta={customer.owner?.name} />
      </span>
      <span className="grow small signal-text">
        {text || <span className="muted">{t("hits.covered")}</span>}
        {points !== 0 && <span className="muted"> {t("hits.points", { points: pointsText(points) })}</span>}
      </span>
      <Score score={customer.score} level={customer.level} />
    </li>
  );
}
