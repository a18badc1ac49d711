import { Button, Drawer, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { type FlowSpec, writeSpec } from "../flow/spec";
import type { Simulation } from "../types";
import { TrialProgress } from "./TrialProgress";
import { useSimulation } from "./useSimulation";

export interface SimulateDrawerProps {
  open: boolean;
  spec: FlowSpec;
  playbookId: number | null;
  onClose: () => void;
}

/** 试运行: who would enter, and what would be done to whom on which day. Nothing is written. */
export function SimulateDrawer({ open, spec, playbookId, onClose }: SimulateDrawerProps) {
  const { t } = useTranslation("playbooks");
  const [days, setDays] = useState(30);
  const [response, setResponse] = useState(0);
  const trial = useSimulation();
  const go = () =>
    trial.start({ spec: writeSpec(spec), playbook_id: playbookId, days, limit: 5000, response: response / 100 });
  return (
    <Drawer open={open} onClose={onClose} title={t("sim.title")} size={640}>
      <div className="stack">
        <p className="muted">{t("sim.text")}</p>
        <div className="row wrap">
          <Field label={t("sim.days")}>
            {(control) => (
              <InputNumber
                {...control}
                min={1}
                max={90}
                value={days}
                onChange={(next) => next !== null && setDays(next)}
              />
            )}
          </Field>
          <Field label={t("sim.response")}>
            {(control) => (
              <InputNumber
                {...control}
                min={0}
                max={100}
                suffix="%"
                value={response}
                onChange={(next) => setResponse(next ?? 0)}
              />
            )}
          </Field>
          <Button type="primary" loading={trial.going} onClick={go}>
            {t("sim.run")}
          </Button>
        </div>
        <FormError error={trial.error} />
        <TrialProgress trial={trial} />
        {trial.run?.status === "cancelled" && <EmptyState title={t("sim.cancelled")} />}
        {trial.run?.result && <Result found={trial.run.result} />}
      </div>
    </Drawer>
  );
}

function Result({ found }: { found: Simulation }) {
  const { t } = useTranslation("playbooks");
  const { customers, moneyExact, count } = useFormat();
  return (
    <section className="stack" aria-label={t("sim.result")} aria-live="polite">
      <dl className="facts">
        <dt>{t("sim.candidates")}</dt>
        <dd>{customers(found.candidates)}</dd>
        <dt>{t("sim.entered")}</dt>
        <dd data-testid="sim-entered">{customers(found.entered)}</dd>
        <dt>{t("sim.holdout")}</dt>
        <dd data-testid="sim-holdout">{customers(found.holdout)}</dd>
        <dt>{t("sim.cost")}</dt>
        <dd>{moneyExact(found.cost)}</dd>
      </dl>
      <Counted title={t("sim.refused")} items={found.refused} />
      <Counted title={t("sim.messages")} items={found.messages} />
      <Counted title={t("sim.coupons")} items={found.coupons} />
      <ul className="muted small">
        {found.assumed.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {found.days.length === 0 && <EmptyState title={t("sim.nothing")} />}
      {found.days.map((day) => (
        <section key={day.day} className="sim-day" aria-label={day.day}>
          <div className="spread">
            <h3>{day.day}</h3>
            <span className="muted small">
              {t("sim.total", { steps: count(day.total), cost: moneyExact(day.cost) })}
            </span>
          </div>
          <Acts acts={day.acts} />
          {day.total > day.acts.length && (
            <p className="muted small">{t("sim.more", { steps: count(day.total - day.acts.length) })}</p>
          )}
        </section>
      ))}
    </section>
  );
}

function Acts({ acts }: { acts: Simulation["days"][number]["acts"] }) {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  return (
    <ul>
      {acts.map((act) => (
        <li key={`${act.customer_id}.${act.node}`}>
          <Link to={to(`/customers/${act.customer_id}`)}>{act.customer}</Link> {act.text}
          {act.verdict !== "done" && (
            <span className="tag">
              {t(`sim.verdict.${act.verdict as "allowed"}`)}
              {act.rule && ` · ${act.rule}`}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Counted({ title, items }: { title: string; items: Simulation["refused"] }) {
  const { count } = useFormat();
  if (!items.length) return null;
  return (
    <p>
      {title}{" "}
      {items.map(({ key, text, count: number }) => (
        <span key={key} className="tag">
          {text} {count(number)}
        </span>
      ))}
    </p>
  );
}
