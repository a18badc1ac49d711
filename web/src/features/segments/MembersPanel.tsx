import { keepPreviousData } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { CustomerSelect } from "@/shared/list/CustomerSelect";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { Score, ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { usePager } from "@/shared/ui/usePager";
import type { Tag } from "./segments.logic";
import { useTagChanges } from "./useTagChanges";

type Member = Schemas["TagMember"];
const LIMIT = 50;

/** Who carries the tag, worst first; people may put customers in and take out those whom people put in. */
export function MembersPanel({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  const slug = useSlug();
  const can = useCan();
  const { cursor } = usePager();
  const members = api.useQuery(
    "get",
    "/api/v1/w/{slug}/tags/{tag_id}/members",
    { params: { path: { slug, tag_id: tag.id }, query: { limit: LIMIT, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Panel title={t("tab.members")} extra={<ScoreNote />} flush>
      {can("handle") && !tag.archived && <AddMember tag={tag} />}
      {members.isError && <ErrorState error={members.error} retry={() => void members.refetch()} />}
      {members.isPending && <SkeletonRows />}
      {members.data?.items.length === 0 && <EmptyState title={t("members.none")} text={t("members.noneText")} />}
      <ul className="segment-members">
        {members.data?.items.map((member) => (
          <MemberRow key={member.customer.id} tag={tag} member={member} />
        ))}
      </ul>
      {members.data && <PagedFoot page={members.data} size={LIMIT} />}
    </Panel>
  );
}

function MemberRow({ tag, member }: { tag: Tag; member: Member }) {
  const { t } = useTranslation(["segments", "common"]);
  const to = useTo();
  const can = useCan();
  const format = useFormat();
  const { remove, busy } = useTagChanges();
  const { customer, since, by_hand, set_by } = member;
  return (
    <li className="row wrap">
      <span className="grow">
        <CustomerCell customer={customer} to={to(`/customers/${customer.id}`)} meta={customer.owner?.name} />
      </span>
      <span className="muted small">
        {t("segments:members.since", { day: format.day(since) })}
        {by_hand && ` · ${t("segments:members.byHand", { who: set_by?.name ?? t("common:state.unknown") })}`}
      </span>
      <Score score={customer.score} level={customer.level} />
      {by_hand && can("handle") && (
        <Button
          size="small"
          disabled={busy}
          onClick={() => remove(tag, [customer.id])}
          aria-label={t("segments:members.removeNamed", { name: customer.name })}
        >
          {t("segments:members.remove")}
        </Button>
      )}
    </li>
  );
}

function AddMember({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  const { add, busy } = useTagChanges();
  const [chosen, setChosen] = useState<number>();
  const save = () => {
    if (chosen === undefined) return;
    add(tag, [chosen]);
    setChosen(undefined);
  };
  return (
    <div className="row segment-add">
      <CustomerSelect label={t("members.choose")} value={chosen} onChange={setChosen} />
      <Button onClick={save} disabled={chosen === undefined} loading={busy}>
        {t("members.add")}
      </Button>
    </div>
  );
}
