import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { Stay } from "../types";
import { StayState } from "./StayState";
import { WhyNot } from "./WhyNot";

/** 挽回流程 of one customer: what was done and when, and why another flow does nothing. */
export function CustomerPlaybooks({ customerId }: { customerId: number }) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const [asked, setAsked] = useState("");
  const stays = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/playbooks", {
    params: { path: { slug, customer_id: customerId } },
  });
  const flows = api.useQuery("get", "/api/v1/w/{slug}/playbooks", { params: { path: { slug } } });
  const named = (flows.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Panel title={t("title")}>
      <div className="stack">
        {stays.isError && <ErrorState error={stays.error} retry={() => void stays.refetch()} />}
        {stays.isPending && <SkeletonRows rows={2} />}
        {stays.data?.length === 0 && <p className="muted">{t("people.never")}</p>}
        {stays.data?.map((stay) => (
          <StayItem key={stay.enrolment.id} stay={stay} />
        ))}
        {named.length > 0 && (
          <NativeSelect
            aria-label={t("why.title")}
            value={asked}
            options={[{ value: "", label: t("why.ask") }, ...named]}
            onChange={setAsked}
          />
        )}
        {asked && <WhyNot playbookId={Number(asked)} customerId={customerId} />}
      </div>
    </Panel>
  );
}

function StayItem({ stay: { enrolment, steps } }: { stay: Stay }) {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  const { dayTime } = useFormat();
  return (
    <section aria-label={enrolment.playbook}>
      <div className="spread">
        <Link to={to(`/playbooks/${enrolment.playbook_id}`)}>{enrolment.playbook}</Link>
        <StayState stay={enrolment} />
      </div>
      <p className="muted small">{t("people.since", { when: dayTime(enrolment.entered_at) })}</p>
      {steps.length > 0 && (
        <details>
          <summary>{t("people.steps", { count: steps.length })}</summary>
          <ol>
            {steps.map(({ at, node, text }) => (
              <li key={`${node}.${at}`}>
                {text} <span className="muted small">{dayTime(at)}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
