import { keepPreviousData } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { LiftForm } from "./LiftForm";
import { archiveOf, isOver, shortProof, stateOf, total } from "./persons.logic";
import "./persons.css";

type Request = Schemas["PersonRequestOut"];
const PAGE = 50;
const KINDS = ["all", "erase", "export"] as const;

/** 个人信息请求: who asked for what, when, why, and the proof of it. Who runs the workspace sees all, others their own exports. */
export function PersonRequestsPage() {
  const can = useCan();
  return can("workspace") || (can("export") && can("personal_data")) ? <Requests /> : <NoPermission />;
}

function Requests() {
  const { t } = useTranslation("persons");
  const slug = useSlug();
  const [url, change] = useUrlState({ kind: "all" }, PAGER_KEYS);
  const kind = KINDS.find((one) => one === url.kind) ?? "all";
  const { cursor } = usePager();
  const [lifting, setLifting] = useState<number | null>(null);
  const query = { limit: PAGE, ...(cursor && { cursor }), ...(kind !== "all" && { kind }) };
  const requests = api.useQuery(
    "get",
    "/api/v1/w/{slug}/person-requests",
    { params: { path: { slug }, query } },
    {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.items.every(isOver) === false ? 2000 : false),
    },
  );
  const { data } = requests;
  const lifted = (done: boolean) => {
    setLifting(null);
    if (done) void requests.refetch();
  };
  return (
    <Panel
      flush
      extra={
        <Chips
          label={t("list.kind")}
          items={KINDS.map((key) => ({ key, label: t(`list.kinds.${key}`) }))}
          value={kind}
          onChange={(key) => change({ kind: key })}
        />
      }
    >
      {requests.isPending && <SkeletonRows />}
      {requests.isError && <ErrorState error={requests.error} retry={() => void requests.refetch()} />}
      {data?.items.length === 0 && <EmptyState title={t("list.none")} text={t("list.noneText")} />}
      <ul className="list person-requests">
        {data?.items.map((request) => (
          <Row key={request.id} request={request} onLift={() => setLifting(request.id)} />
        ))}
      </ul>
      {data && <PagedFoot page={data} size={PAGE} />}
      {lifting !== null && <LiftForm id={lifting} onClose={lifted} />}
    </Panel>
  );
}

function Row({ request, onLift }: { request: Request; onLift: () => void }) {
  const { t } = useTranslation("persons");
  const slug = useSlug();
  const { dayTime, list } = useFormat();
  const { kind, subject, customer_id, contact_id, proof, lifted_at } = request;
  const state = stateOf(request);
  const name = t(`list.${kind}.${subject}`, { id: contact_id ?? customer_id });
  return (
    <li aria-label={name}>
      <div className="spread wrap">
        <strong>{name}</strong>
        <span className="row">
          <span className="tag">{t(`state.${state}`)}</span>
          {request.file && <a href={archiveOf(slug, request.id)}>{t("export.fetch")}</a>}
          {kind === "erase" && state !== "running" && !lifted_at && (
            <Button size="small" onClick={onLift}>
              {t("lift.title")}
            </Button>
          )}
        </span>
      </div>
      <div className="muted small row wrap">
        <span>{t("list.by", { by: request.by, at: dayTime(request.created_at) })}</span>
        {request.reason && <span>{t("list.reason", { reason: request.reason })}</span>}
        {request.finished_at && <span>{t("list.rows", { n: total(request.rows) })}</span>}
        {proof && <code title={proof}>{shortProof(proof)}</code>}
        {lifted_at && (
          <span>
            {t("list.lifted", { by: request.lifted_by, at: dayTime(lifted_at), reason: request.lifted_reason })}
          </span>
        )}
      </div>
      {request.left.length > 0 && <p role="alert">{t("done.left", { places: list(request.left) })}</p>}
    </li>
  );
}
