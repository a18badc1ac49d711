import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { inOrder } from "./flow/layout";
import { type FlowSpec, nodeOf, readSpec } from "./flow/spec";
import { bookOf, outletsOf, titleOf } from "./flow/words";
import { EnrolmentsPanel } from "./people/EnrolmentsPanel";
import { StatusTag } from "./StatusTag";
import { SwitchButtons } from "./SwitchButtons";
import type { Kinds, NodeCounts, Playbook } from "./types";

/** A flow to read, as numbered steps: the phone's page, and that of who may not edit. */
export function PlaybookReader({ playbook, kinds }: { playbook: Playbook; kinds: Kinds }) {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  const can = useCan();
  const { customers, percent } = useFormat();
  const path = { slug: useSlug(), playbook_id: playbook.id };
  const counts = api.useQuery("get", "/api/v1/w/{slug}/playbooks/{playbook_id}/counts", { params: { path } });
  const spec = useMemo(() => readSpec((playbook.live ?? playbook.draft)?.spec), [playbook]);
  const { treated, holdout } = playbook;
  return (
    <>
      <PageHeader
        title={playbook.name}
        meta={
          <span className="row wrap">
            <Link to={to("/playbooks")}>{t("back")}</Link>
            <StatusTag playbook={playbook} />
          </span>
        }
        actions={can("publish") && <SwitchButtons playbook={playbook} />}
      />
      <div className="stack">
        {can("publish") && <p className="form-note">{t("onDesktop")}</p>}
        {playbook.about && <p>{playbook.about}</p>}
        <dl className="facts">
          <dt>{t("arms.running")}</dt>
          <dd>{customers(treated.running)}</dd>
          <dt>{t("arms.treated")}</dt>
          <dd>{t("arms.of", { entered: customers(treated.entered), reached: customers(treated.reached) })}</dd>
          <dt>{t("arms.holdout")}</dt>
          <dd>{t("arms.of", { entered: customers(holdout.entered), reached: customers(holdout.reached) })}</dd>
          <dt>{t("set.holdout")}</dt>
          <dd>{percent(spec.holdout.share)}</dd>
        </dl>
        <Panel title={t("steps.title")}>
          <Steps spec={spec} kinds={kinds} counts={counts.data} />
        </Panel>
        <EnrolmentsPanel playbook={playbook} />
      </div>
    </>
  );
}

function Steps({ spec, kinds, counts }: { spec: FlowSpec; kinds: Kinds; counts: NodeCounts | undefined }) {
  const { t } = useTranslation("playbooks");
  const { count } = useFormat();
  const book = useMemo(() => bookOf(kinds), [kinds]);
  const order = inOrder(spec);
  const trigger = book.trigger(spec.trigger.kind);
  return (
    <ol className="flow-steps">
      <li>
        <strong>{t("steps.trigger", { what: trigger?.label ?? spec.trigger.kind })}</strong>
        <p className="muted">{titleOf(book, trigger, spec.trigger)}</p>
      </li>
      {order.map((id, nth) => {
        const node = nodeOf(spec, id);
        if (!node) return null;
        const kind = book.node(node.kind);
        const outlets = outletsOf(book, node);
        const standing = counts?.standing[id] ?? 0;
        return (
          <li key={id}>
            <div className="spread">
              <strong>{t("steps.one", { nth: nth + 1, what: kind?.label ?? node.kind })}</strong>
              {standing > 0 && <span className="tag">{t("steps.standing", { count: count(standing) })}</span>}
            </div>
            <p>{titleOf(book, kind, node.params)}</p>
            {outlets.map(({ value, label }) => {
              const next = node.next[value];
              if (!next) return null;
              const text =
                outlets.length > 1
                  ? t("steps.ifThen", { outlet: label, nth: order.indexOf(next) + 1 })
                  : t("steps.then", { nth: order.indexOf(next) + 1 });
              return (
                <p key={value} className="muted small">
                  {text}
                </p>
              );
            })}
          </li>
        );
      })}
    </ol>
  );
}
