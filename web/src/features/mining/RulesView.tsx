import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { FormError } from "@/shared/ui/FormError";
import { interval, percent } from "./mining.logic";

/** Candidate rules as sentences, each with its proof on later moments; one click makes a draft. */
export function RulesView({ id, found }: { id: number; found: Schemas["MinedRulesOut"] }) {
  const { t } = useTranslation("mining");
  const slug = useSlug();
  const can = useCan();
  const to = useTo();
  const navigate = useNavigate();
  const adopt = api.useMutation("post", "/api/v1/w/{slug}/mining/{run_id}/adopt", {
    meta: { quiet: true },
    onSuccess: ({ rule_id }) => void navigate(to(`/rules/${rule_id}`)),
  });
  if (found.rules.length === 0)
    return <EmptyState title={t("rules.none")} text={t("rules.noneText", { tested: found.tested })} />;
  return (
    <>
      <p className="muted small">
        {t("rules.how", { until: found.found_until, from: found.proof_from, tested: found.tested })}
      </p>
      <FormError error={adopt.error} />
      <ol className="mining-list">
        {found.rules.map((rule, nth) => (
          <li key={JSON.stringify(rule.document)} className="mining-card">
            <ul className="mining-sentences">
              {rule.sentences.map((line) => (
                <li key={line.place}>{line.text}</li>
              ))}
            </ul>
            <p>
              {t("rules.proof", {
                n: rule.n,
                hits: rule.hits,
                rate: interval(rule.rate, rule.low, rule.high),
                base: percent(rule.base),
                lift: rule.lift.toFixed(1),
              })}
            </p>
            {rule.backtest?.precision.value != null && <Backtest figures={rule.backtest} />}
            {can("publish") && (
              <Button
                loading={adopt.isPending && adopt.variables.body.nth === nth}
                onClick={() => adopt.mutate({ params: { path: { slug, run_id: id } }, body: { nth, name: "" } })}
              >
                {t("rules.adopt")}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Backtest({ figures }: { figures: Schemas["FiguresOut"] }) {
  const { t } = useTranslation("mining");
  const { precision, recall, lead_days: lead, alerts_per_week: week } = figures;
  return (
    <p className="muted small">
      {t("rules.backtest", {
        precision: percent(precision.value ?? 0),
        recall: percent(recall.value ?? 0),
        lead: Math.round(lead.value ?? 0),
        week: week.toFixed(1),
      })}
    </p>
  );
}
