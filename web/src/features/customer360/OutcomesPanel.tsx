import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { isCause } from "./outcome.logic";

type Outcome = Schemas["OutcomeOut"];

/** What was registered, also what was taken back. Nothing registered, nothing shown. */
export function OutcomesPanel({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customer360");
  const slug = useSlug();
  const refresh = useRefreshWork();
  const outcomes = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/outcomes", {
    params: { path: { slug, customer_id: customerId } },
  });
  const revert = api.useMutation("post", "/api/v1/w/{slug}/outcomes/{outcome_id}/revert", {
    onSuccess: () => notifyDone(t("outcome.reverted")),
    onSettled: refresh,
  });
  if (!outcomes.data?.length) return null;
  return (
    <Panel title={t("outcome.list")}>
      <ul className="profile-list">
        {outcomes.data.map((outcome) => (
          <OutcomeLine
            key={outcome.id}
            outcome={outcome}
            busy={revert.isPending}
            onRevert={() => revert.mutate({ params: { path: { slug, outcome_id: outcome.id } } })}
          />
        ))}
      </ul>
    </Panel>
  );
}

function OutcomeLine({ outcome, busy, onRevert }: { outcome: Outcome; busy: boolean; onRevert: () => void }) {
  const { t } = useTranslation("customer360");
  const can = useCan();
  const format = useFormat();
  const cause = isCause(outcome.cause) ? t(`outcome.causes.${outcome.cause}`) : outcome.cause;
  const details = [cause, outcome.competitor, outcome.note].filter(Boolean).join(" · ");
  const kind = t(`outcome.kind.${outcome.kind}`);
  return (
    <li>
      <div className="spread">
        <span className="grow">
          {outcome.reverted_at ? <s>{kind}</s> : <strong>{kind}</strong>}{" "}
          <span className="muted">{outcome.occurred_on}</span>
        </span>
        {!outcome.reverted_at && can("handle") && (
          <Button size="small" loading={busy} onClick={onRevert} aria-label={t("outcome.revertOne", { kind })}>
            {t("outcome.revert")}
          </Button>
        )}
      </div>
      {details && <p>{details}</p>}
      <p className="muted small">
        {outcome.by?.name} {format.dayTime(outcome.at)}
        {outcome.reverted_at && ` · ${t("outcome.revertedAt", { time: format.dayTime(outcome.reverted_at) })}`}
      </p>
    </li>
  );
}
