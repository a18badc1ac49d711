import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
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
import type { Enrolment, Playbook } from "../types";
import { useRefreshPlaybooks } from "../useRefreshPlaybooks";
import { EnrolSheet } from "./EnrolSheet";
import { StayState } from "./StayState";

const SIZE = 50;
const SOON = 1_500;
const LATER = 30_000;
const WHO = ["running", "over", "holdout", "all"] as const;
const QUERY = {
  running: { status: "active,waiting", arm: "treated" },
  over: { status: "done,exited,stopped,failed", arm: "treated" },
  holdout: { arm: "holdout" },
  all: {},
} as const;

/** A step of theirs is being done right now. */
const isMoving = ({ status, arm }: Enrolment) => status === "active" && arm === "treated";

/** Who is in the flow, who was, and who was held out. */
export function EnrolmentsPanel({ playbook }: { playbook: Playbook }) {
  const { t } = useTranslation("playbooks");
  const can = useCan();
  const path = { slug: useSlug(), playbook_id: playbook.id };
  const [{ who }, change] = useUrlState({ who: "running" }, PAGER_KEYS);
  const { cursor } = usePager();
  const [adding, setAdding] = useState(false);
  const shown = WHO.find((one) => one === who) ?? "running";
  const query = { ...QUERY[shown], cursor, limit: SIZE };
  const page = api.useQuery(
    "get",
    "/api/v1/w/{slug}/playbooks/{playbook_id}/enrolments",
    { params: { path, query } },
    { refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? SOON : LATER) },
  );
  const mayAdd = can("handle") && playbook.live !== null && playbook.enabled && !playbook.paused_at;
  return (
    <Panel
      title={t("people.title")}
      extra={mayAdd && <Button onClick={() => setAdding(true)}>{t("people.add")}</Button>}
    >
      <div className="stack">
        <Chips
          label={t("people.who")}
          items={WHO.map((key) => ({ key, label: t(`people.whos.${key}`) }))}
          value={shown}
          onChange={(next) => change({ who: next })}
        />
        {page.isError && <ErrorState error={page.error} retry={() => void page.refetch()} />}
        {page.isPending && <SkeletonRows />}
        {page.data?.items.length === 0 && <EmptyState title={t("people.none")} />}
        {page.data && page.data.items.length > 0 && (
          <>
            <Rows items={page.data.items} mayStop={can("handle")} />
            <PagedFoot page={page.data} size={SIZE} />
          </>
        )}
      </div>
      {adding && <EnrolSheet playbook={playbook} open onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function Rows({ items, mayStop }: { items: readonly Enrolment[]; mayStop: boolean }) {
  const { t } = useTranslation("playbooks");
  const { dayTime } = useFormat();
  const to = useTo();
  const slug = useSlug();
  const refresh = useRefreshPlaybooks();
  const stop = api.useMutation("post", "/api/v1/w/{slug}/enrolments/{enrolment_id}/stop", { onSettled: refresh });
  return (
    <SimpleTable
      label={t("people.title")}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "customer",
          title: t("people.customer"),
          render: ({ customer }) => <Link to={to(`/customers/${customer.id}`)}>{customer.name}</Link>,
        },
        { key: "state", title: t("people.state"), render: (row) => <StayState stay={row} /> },
        { key: "entered", title: t("people.entered"), render: ({ entered_at }) => dayTime(entered_at) },
        {
          key: "wake",
          title: t("people.next"),
          render: ({ wake_at, arm }) => (wake_at && arm === "treated" ? dayTime(wake_at) : ""),
        },
        { key: "goal", title: t("people.goal"), render: ({ goal_at }) => (goal_at ? dayTime(goal_at) : "") },
        {
          key: "stop",
          title: t("people.do"),
          render: ({ id, status, customer }) =>
            mayStop &&
            (status === "active" || status === "waiting") && (
              <Popconfirm
                title={t("people.stopAsk", { name: customer.name })}
                onConfirm={() => stop.mutate({ params: { path: { slug, enrolment_id: id } } })}
              >
                <Button size="small" aria-label={t("people.stopOne", { name: customer.name })}>
                  {t("people.stop")}
                </Button>
              </Popconfirm>
            ),
        },
      ]}
    />
  );
}
