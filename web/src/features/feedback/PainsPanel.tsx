import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { requestKey } from "@/shared/list/requestKey";
import { Sheet } from "@/shared/list/Sheet";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";

type Pain = Schemas["PainOut"];
const DAYS = [30, 90, 180, 365] as const;
const KEY = 16;

/** 痛点: topics that customers complain of, with customers and money, to be handed to a team. */
export function PainsPanel() {
  const { t } = useTranslation("feedback");
  const slug = useSlug();
  const [url, change] = useUrlState({ days: "90" });
  const days = DAYS.find((one) => String(one) === url.days) ?? 90;
  const [handing, setHanding] = useState<Pain | null>(null);
  const pains = api.useQuery("get", "/api/v1/w/{slug}/pain-points", { params: { path: { slug }, query: { days } } });
  const { data } = pains;
  const handed = (done: boolean) => {
    setHanding(null);
    if (done) void pains.refetch();
  };
  return (
    <Panel
      flush
      title={t("pain.title")}
      extra={
        <NativeSelect
          aria-label={t("pain.days")}
          value={String(days)}
          options={DAYS.map((one) => ({ value: String(one), label: t("pain.last", { days: one }) }))}
          onChange={(chosen) => change({ days: chosen })}
        />
      }
    >
      {pains.isPending && <SkeletonRows />}
      {pains.isError && <ErrorState error={pains.error} retry={() => void pains.refetch()} />}
      {data?.items.length === 0 && <EmptyState title={t("pain.none")} />}
      <ul className="list feedback-list">
        {data?.items.map((pain) => (
          <Row key={pain.topic} pain={pain} onHand={() => setHanding(pain)} />
        ))}
      </ul>
      {handing && <HandForm pain={handing} days={days} onClose={handed} />}
    </Panel>
  );
}

function Row({ pain, onHand }: { pain: Pain; onHand: () => void }) {
  const { t } = useTranslation("feedback");
  const can = useCan();
  const to = useTo();
  const { money } = useFormat();
  return (
    <li aria-label={pain.label}>
      <div className="spread wrap">
        <span>
          <strong>{pain.label}</strong> {pain.team && <span className="tag">{pain.team}</span>}
        </span>
        <span className="row">
          {pain.ticket_id !== null && <Link to={to(`/tickets/${pain.ticket_id}`)}>{t("pain.ticket")}</Link>}
          {can("handle") && (
            <Button size="small" onClick={onHand} aria-label={t("pain.handOne", { topic: pain.label })}>
              {t("pain.hand")}
            </Button>
          )}
        </span>
      </div>
      <p className="small muted">
        {t("pain.about", { customers: pain.customers, money: money(pain.money), times: pain.times, lost: pain.lost })}
      </p>
      <p className="small row wrap">
        {pain.top.map(({ id, name }) => (
          <Link key={id} to={to(`/customers/${id}`)}>
            {name}
          </Link>
        ))}
      </p>
    </li>
  );
}

function HandForm({ pain, days, onClose }: { pain: Pain; days: number; onClose: (done: boolean) => void }) {
  const { t } = useTranslation("feedback");
  const slug = useSlug();
  const [key] = useState(() => requestKey().slice(0, KEY));
  const [team, setTeam] = useState("");
  const routes = api.useQuery("get", "/api/v1/w/{slug}/ticket-routes", { params: { path: { slug } } });
  const hand = api.useMutation("post", "/api/v1/w/{slug}/pain-points/ticket", {
    onSuccess: () => {
      notifyDone(t("pain.handed"));
      onClose(true);
    },
    onError: notifyError,
  });
  const teams = routes.data?.teams ?? [];
  const save = () =>
    hand.mutate({
      params: { path: { slug } },
      body: { topic: pain.topic, team_id: Number(team), days, request_key: key },
    });
  return (
    <Sheet
      open
      title={t("pain.handOne", { topic: pain.label })}
      onClose={() => onClose(false)}
      onSave={save}
      saveLabel={t("pain.hand")}
      saving={hand.isPending}
      disabled={!team}
    >
      <p className="muted">{t("pain.handAbout", { customers: pain.customers })}</p>
      <Field label={t("pain.team")}>
        {(control) => (
          <NativeSelect
            id={control.id}
            className="wide"
            value={team}
            options={[
              { value: "", label: t("interview.choose") },
              ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={setTeam}
          />
        )}
      </Field>
    </Sheet>
  );
}
